import { remembered } from './addon.mjs';
import { command, findProgram } from './command.mjs';
import { ensurePrograms, installAdvice } from './debian.mjs';
import { SetupError, say } from './report.mjs';

/**
 * Brings in ffmpeg with ffprobe.
 *
 * @throws {SetupError} when it is missing and cannot be installed
 */
export async function setUpFfmpeg() {
  const missing = await ensurePrograms({ ffmpeg: 'ffmpeg', ffprobe: 'ffmpeg' }, 'to read cameras');
  if (missing.length > 0) {
    const advice = process.platform === 'darwin' ? 'brew install ffmpeg' : installAdvice(['ffmpeg']);
    throw new SetupError(`ffmpeg is missing: run "${advice}" and try again.`);
  }
  const path = findProgram('ffmpeg');
  const version = await remembered('ffmpeg', [path], async () => {
    const words = await command(path, ['-hide_banner', '-version']);
    return /version (\S+)/.exec(words)?.[1] ?? 'of unknown version';
  });
  say('ok', `ffmpeg ${version}`);
}
