import { findProgram } from './command.mjs';
import { ensurePrograms, installAdvice } from './debian.mjs';
import { say, shout } from './report.mjs';

/** Names under which chromium is found, the likeliest first. */
const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** Brings in chromium for the browser tests; without it they are skipped, and that is said loudly. */
export async function setUpChromium() {
  const found = () => names.map(findProgram).find((path) => path !== undefined);
  if (found() === undefined) await ensurePrograms({ chromium: 'chromium' }, 'for the browser tests');
  const path = found();
  if (path === undefined) {
    shout(['There is no chromium: the browser tests are SKIPPED.', `Remedy: ${installAdvice(['chromium'])}`]);
  } else {
    say('ok', `chromium for the tests (${path})`);
  }
}
