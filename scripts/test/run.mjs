import { checks } from './checks.mjs';
import { addCounts } from './counts.mjs';
import { groups, runGroup } from './mocha-group.mjs';

/**
 * Runs the checks and the groups of tests, prints the summary, and last of all the line `N passed, N failed`.
 *
 * @param {{ only?: string, grep?: string }} choice one check or group by name; a part of the titles
 * @returns {Promise<number>} how many failed
 */
export async function runTests({ only, grep }) {
  const names = [...Object.keys(checks), ...Object.keys(groups)];
  if (only !== undefined && !names.includes(only)) {
    console.error(`There is no group "${only}"; there are ${names.join(', ')}.`);
    process.exit(2);
  }
  const wanted = (name) => only === undefined || only === name;
  const results = new Map();
  if (grep === undefined) {
    const chosen = Object.entries(checks).filter(([name]) => wanted(name));
    const outcomes = await Promise.all(
      chosen.map(async ([name, check]) => [name, await runCheck(name, check)]),
    );
    for (const [name, counts] of outcomes) results.set(name, counts);
  }
  for (const name of Object.keys(groups).filter(wanted)) {
    console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`);
    results.set(name, await runGroup(name, grep));
  }
  let total = addCounts([...results.values()]);
  if (total.passed + total.failed + total.skipped === 0) total = { ...total, failed: 1 };
  summarise(results, total);
  return total.failed;
}

async function runCheck(name, check) {
  const started = performance.now();
  try {
    await check();
    console.log(`✔ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.log(`✖ ${name}\n${error.message}`);
    return { passed: 0, failed: 1, skipped: 0, complaint: 'see above' };
  }
}

function summarise(results, total) {
  console.log('');
  for (const [name, { passed, failed, skipped, complaint }] of results) {
    const line = `${name.padEnd(10)} ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} SKIPPED` : ''}`;
    console.log(complaint === undefined ? line : `${line}   (${complaint})`);
  }
  if (total.skipped > 0)
    console.log(`\n! ${total.skipped} tests were skipped: what they need is not on this machine.`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
}
