#!/usr/bin/env node
// `npm run build`: compiles the server and the dashboard, whether or not they changed.
import { say } from './setup/report.mjs';
import { setUpBuild } from './setup/build.mjs';

try {
  await setUpBuild({ force: true });
} catch (error) {
  say('fail', error.message);
  process.exit(1);
}
