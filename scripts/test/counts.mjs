/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The counts of one mocha run. Its exit code must agree with them: a mocha that crashed, ran nothing or left no
 * counts is a failure, never a success.
 *
 * @param {Counts | undefined} counts what the reporter wrote
 * @param {number | null} exitCode `null` when a signal ended mocha
 * @param {boolean} mayBeEmpty true when a filter chose the tests, so that a group may have none
 * @returns {Counts & { complaint?: string }}
 */
export function judgeRun(counts, exitCode, mayBeEmpty) {
  if (counts === undefined) {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      complaint: `mocha ended with ${exitCode} before it counted its tests`,
    };
  }
  if (counts.failed === 0 && exitCode !== 0) {
    return { ...counts, failed: 1, complaint: `mocha ended with ${exitCode} although no test failed` };
  }
  if (counts.passed + counts.failed + counts.skipped === 0 && !mayBeEmpty) {
    return { ...counts, failed: 1, complaint: 'no tests ran' };
  }
  return counts;
}

/** The sum of several counts. */
export function addCounts(list) {
  return list.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
