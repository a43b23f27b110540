import { setUpBuild } from './build.mjs';
import { setUpChromium } from './chromium.mjs';
import { setUpDemoClip } from './demo-clip.mjs';
import { setUpFfmpeg } from './ffmpeg.mjs';
import { readJson, writeJson } from './files.mjs';
import { withSetupLock } from './lock.mjs';
import { setUpPackages } from './packages.mjs';
import { inRoot } from './paths.mjs';
import { setUpSqlite } from './sqlite.mjs';
import { setUpTensorflow } from './tensorflow.mjs';

/**
 * Brings in everything that is missing, in the order in which one thing needs the other, and writes down for
 * the server what it found (`dist/setup.json`).
 *
 * @param {{ tests?: boolean }} options `tests`: also what only the tests need
 * @throws {import('./report.mjs').SetupError} with the remedy in its message
 */
export async function setUp({ tests = false } = {}) {
  await withSetupLock(async () => {
    await setUpPackages();
    await setUpFfmpeg();
    await setUpSqlite();
    const engine = await setUpTensorflow();
    await setUpBuild();
    const demoClip = await setUpDemoClip();
    if (tests) await setUpChromium();
    await remember({ engine, ...(demoClip === undefined ? {} : { demoClip }) });
  });
}

/** Writes the findings only when they changed: a running server may be reading them. */
async function remember(facts) {
  const path = inRoot('dist', 'setup.json');
  if (JSON.stringify(await readJson(path)) !== JSON.stringify(facts)) await writeJson(path, facts);
}
