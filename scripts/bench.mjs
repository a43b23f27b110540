#!/usr/bin/env node
// `npm run bench`: sets up and builds, then runs all benchmarks and refreshes bench/RESULTS.md.
// `npm run bench -- NAME` runs one; `--quick` only shows that it works.
import { spawn } from 'node:child_process';
import { nodeComplaint } from './setup/node-version.mjs';
import { inRoot, root } from './setup/paths.mjs';

const complaint = nodeComplaint(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(4);
}
const { setUpOrExit } = await import('./setup/run.mjs');
await setUpOrExit({});
const child = spawn(
  process.execPath,
  ['--import', 'tsx', inRoot('bench', 'main.ts'), ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
