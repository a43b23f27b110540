#!/usr/bin/env node
// The `maskwatch` command: the built command line. In a clone `npm run setup` builds it; an installed package sets up what
// must be built on this very machine before the first command that needs it.
import { nodeComplaint } from './setup/node-version.mjs';

const complaint = nodeComplaint(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(4);
}
const parameters = process.argv.slice(2);
const { needsFirstSetUp } = await import('./setup/first-set-up.mjs');
if (needsFirstSetUp(parameters)) {
  const { setUpOrExit } = await import('./setup/run.mjs');
  await setUpOrExit({});
}
const { runCli } = await import('./setup/run-cli.mjs');
await runCli(parameters);
