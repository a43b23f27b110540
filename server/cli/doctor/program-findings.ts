import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

const run = promisify(execFile);

/** What ffmpeg must be able to do: the encoder of transcoded cameras and of the demo clip. */
const neededEncoder = 'libx264';

/** Whether this Node is one that the native addons work on. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || major === 21 || major === 22;
  if (fits) return fine('node', version);
  return {
    name: 'node',
    state: 'failed',
    detail: `${version}, but 20.19 to 22 is needed`,
    remedy: 'nvm install 22',
  };
}

/** Whether ffmpeg and ffprobe are there and can encode H.264. */
export async function ffmpegFindings(): Promise<Finding[]> {
  const found = await Promise.all([programFinding('ffmpeg'), programFinding('ffprobe')]);
  if (found[0].state !== 'ok') return found;
  const { stdout } = await run('ffmpeg', ['-hide_banner', '-encoders']);
  if (stdout.includes(neededEncoder)) return found;
  const remedy = 'install a full build of ffmpeg, for example Debian’s: sudo apt-get install ffmpeg';
  return [
    ...found,
    { name: 'ffmpeg encoder', state: 'missing', detail: `${neededEncoder} is not compiled in`, remedy },
  ];
}

async function programFinding(program: 'ffmpeg' | 'ffprobe'): Promise<Finding> {
  try {
    const { stdout } = await run(program, ['-version']);
    return fine(program, /version (\S+)/.exec(stdout)?.[1] ?? 'unknown version');
  } catch {
    return {
      name: program,
      state: 'missing',
      detail: 'not found on the PATH',
      remedy: 'sudo apt-get install ffmpeg',
    };
  }
}

/** Chromium is wanted by the browser tests only, so its absence is no fault. */
export async function chromiumFinding(): Promise<Finding> {
  for (const program of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      const { stdout } = await run(program, ['--version']);
      return fine('chromium', `${stdout.trim()} (for the browser tests)`);
    } catch {
      // Not under this name.
    }
  }
  return {
    name: 'chromium',
    state: 'ok',
    detail: 'not found; only the browser tests want it',
    remedy: 'sudo apt-get install chromium',
  };
}
