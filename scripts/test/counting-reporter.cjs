// mocha loads reporters with require(), hence CommonJS.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** Mocha's usual output, and the real counts in a JSON file for `scripts/test.mjs`. */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const counts = { passed: 0, failed: 0, skipped: 0 };
    runner.on('pass', () => (counts.passed += 1));
    runner.on('fail', () => (counts.failed += 1));
    runner.on('pending', () => (counts.skipped += 1));
    runner.once('end', () => {
      writeFileSync(options.reporterOptions.counts, JSON.stringify(counts));
    });
  }
};
