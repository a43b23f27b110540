#!/usr/bin/env node
// The `maskwatch` command: the built command line. `npm run setup` builds it.
import { nodeComplaint } from './setup/node-version.mjs';

const complaint = nodeComplaint(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(4);
}
const { runCli } = await import('./setup/run-cli.mjs');
await runCli(process.argv.slice(2));
