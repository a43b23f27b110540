import { existsSync } from 'node:fs';
import { command } from './command.mjs';
import { sourceHash } from './files.mjs';
import { inCache, inRoot, packaged } from './paths.mjs';
import { longStep, say } from './report.mjs';

/**
 * Renders the clip of the demo camera once for each version of its recipe. The product works without it.
 *
 * @returns {Promise<string | undefined>} the clip's path, or `undefined` when it could not be made
 */
export async function setUpDemoClip() {
  const recipe = await sourceHash([packaged ? 'dist/server/demo' : 'server/demo'], /\.(js|ts|json)$/);
  const clip = inCache('demo', `${recipe.slice(0, 16)}.mp4`);
  try {
    if (!existsSync(clip)) {
      await longStep('rendering the demo clip', () =>
        command(process.execPath, [inRoot('dist/server/demo/render-demo.js'), clip]),
      );
    }
    say('ok', 'demo clip');
    return clip;
  } catch (error) {
    say('warn', `no demo camera: ${error.message}`);
    return undefined;
  }
}
