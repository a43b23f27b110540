import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { guardWarning } from '../../../streams/ffmpeg/guard-script.js';
import { abilityFinding, abilityKinds, type AbilityLists } from './ability-finding.js';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

const run = promisify(execFile);

/** No program here takes longer to say what it is. */
const patienceMs = 15_000;

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

/** Whether ffmpeg and ffprobe are there and can do what is asked of them. */
export async function ffmpegFindings(): Promise<Finding[]> {
  const found = await Promise.all([programFinding('ffmpeg'), programFinding('ffprobe')]);
  if (found[0].state !== 'ok') return found;
  const lists = await Promise.all(
    abilityKinds.map(async (kind) => {
      const { stdout } = await run('ffmpeg', ['-hide_banner', `-${kind}`], { timeout: patienceMs });
      return [kind, stdout] as const;
    }),
  );
  return [...found, abilityFinding(Object.fromEntries(lists) as AbilityLists)];
}

/** Whether ffmpeg is sure to die with the server. */
export async function guardFinding(): Promise<Finding> {
  const name = 'process guard';
  const warning = await guardWarning();
  if (warning === undefined) return fine(name, 'setpriv and setsid keep ffmpeg from outliving the server');
  return { name, state: 'warning', detail: warning, remedy: 'sudo apt-get install util-linux' };
}

/** Whether the program runs with more rights than it needs. @param uid undefined where there are none */
export function userFinding(uid: number | undefined): Finding {
  const name = 'user';
  if (uid !== 0) return fine(name, uid === undefined ? 'unknown' : `uid ${uid}`);
  const remedy = 'run the server as a user of its own, as deploy/systemd/maskwatch.service does';
  return { name, state: 'warning', detail: 'root, which the server does not need', remedy };
}

async function programFinding(program: 'ffmpeg' | 'ffprobe'): Promise<Finding> {
  try {
    const { stdout } = await run(program, ['-version'], { timeout: patienceMs });
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
      const { stdout } = await run(program, ['--version'], { timeout: patienceMs });
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
