#!/usr/bin/env node
// `npm start`: sets up, then serves. The server runs in this very process, so signals and the exit code are its own.
import { nodeComplaint } from './setup/node-version.mjs';

const complaint = nodeComplaint(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(4);
}
const { setUpOrExit } = await import('./setup/run.mjs');
await setUpOrExit({});
const { runCli } = await import('./setup/run-cli.mjs');
await runCli(['serve', ...process.argv.slice(2)]);
