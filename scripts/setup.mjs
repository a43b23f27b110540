#!/usr/bin/env node
// Brings in what is missing and builds. Runs on plain Node, with nothing installed.
import { nodeComplaint } from './setup/node-version.mjs';

const complaint = nodeComplaint(process.versions.node);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(4);
}
const { setUpOrExit } = await import('./setup/run.mjs');
await setUpOrExit({ tests: process.argv.includes('--tests') });
