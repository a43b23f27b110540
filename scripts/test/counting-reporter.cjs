// mocha loads reporters with require(), hence CommonJS.
const { writeFileSync } = require('node:fs');
const process = require('node:process');
const { setTimeout } = require('node:timers');
const { reporters } = require('mocha');

/** How long the process may go on after its last test, in milliseconds. */
const usualGraceMs = 60_000;

/**
 * Mocha's usual output, and the real counts in a JSON file for `scripts/test.mjs`. A run that does not end after its
 * last test, because one of them left a server or a process behind, is ended rather than waited for, and that counts as one more
 * failure. The exit code stays mocha's own: it sets that on the way out.
 */
module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const { counts: file, grace = usualGraceMs } = options.reporterOptions;
    const counts = { passed: 0, failed: 0, skipped: 0 };
    runner.on('pass', () => (counts.passed += 1));
    runner.on('fail', () => (counts.failed += 1));
    runner.on('pending', () => (counts.skipped += 1));
    runner.once('end', () => {
      writeFileSync(file, JSON.stringify(counts));
      // It keeps nothing alive itself: where nothing was left behind it never comes to this.
      setTimeout(() => {
        process.stderr.write(
          `the tests left something open: ${process.getActiveResourcesInfo().join(', ')}\n`,
        );
        writeFileSync(file, JSON.stringify({ ...counts, failed: counts.failed + 1 }));
        process.exit();
      }, Number(grace)).unref();
    });
  }
};
