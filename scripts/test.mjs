#!/usr/bin/env node
// `npm test`: sets up, then checks format, lint and types, then runs the tests.
// `npm test -- --only e2e` runs one group or check; `npm test -- --grep "a title"` runs the tests that match.
import { parseArgs } from 'node:util';
import { nodeComplaint } from './setup/node-version.mjs';

const complaint = nodeComplaint(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(4);
}
const { missingDependency, trySetUp } = await import('./setup/run.mjs');
const { runTests } = await import('./test/run.mjs');

const { values } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });
if (await trySetUp({ tests: true })) {
  const failed = await runTests(values);
  process.exitCode = failed === 0 ? 0 : 1;
} else {
  // Without set-up there is nothing to test; that is a failure like any other.
  console.log('\n0 passed, 1 failed');
  process.exitCode = missingDependency;
}
