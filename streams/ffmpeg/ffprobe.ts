import { spawn } from 'node:child_process';
import { ensureGuardScript } from './guard-script.js';
import type { FailureCode } from './plain-reason.js';
import { plainReason } from './plain-reason.js';
import type { ProbedVideo } from './probe-output.js';
import { listsBFrame, parseProbe } from './probe-output.js';
import { signalGroup } from './process-group.js';
import type { MediaSource } from './source-input.js';
import { sourceInput } from './source-input.js';

/** What came of a look at a source. */
export type ProbeReport =
  | { readonly ok: true; readonly video: ProbedVideo }
  | { readonly ok: false; readonly code: FailureCode; readonly reason: string };

/** How long a look may take, and how it is called off. */
export interface ProbeOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

interface RunResult {
  readonly stdout: string;
  readonly stderr: readonly string[];
  readonly timedOut: boolean;
}

/** More than any report needs; what comes after is dropped. */
const mostOutputBytes = 256 * 1024;

/**
 * Opens a source as a camera's feed would and tells what its video is like, or in plain words why it cannot be read.
 * Never rejects. Takes one connection, or two when the stream may have B-frames: then the first pictures are looked at,
 * because streams announce B-frames that never come.
 */
export async function probe(source: MediaSource, options: ProbeOptions): Promise<ProbeReport> {
  const deadlineMs = performance.now() + options.timeoutMs;
  try {
    const first = await runFfprobe(source, streamEntries, options);
    const failed = failure(first, options);
    if (failed !== undefined) return failed;
    const video = parseProbe(first.stdout);
    if (typeof video === 'string') return unusable[video];
    if (video.codec !== 'h264' || !video.bFrames) return { ok: true, video };
    const second = await runFfprobe(source, [...pictureEntries, video.durationS > 0 ? '%+#30' : '%+1'], {
      ...options,
      timeoutMs: Math.max(1, deadlineMs - performance.now()),
    });
    // A second look that fails proves nothing: then the announcement stands.
    const sure = second.stdout !== '' && !second.timedOut;
    return { ok: true, video: { ...video, bFrames: sure ? listsBFrame(second.stdout) : true } };
  } catch (error) {
    return { ok: false, ...plainReason([error instanceof Error ? error.message : 'ffprobe failed']) };
  }
}

const streamEntries = [
  '-show_entries',
  'stream=codec_name,width,height,pix_fmt,has_b_frames,avg_frame_rate,r_frame_rate:stream_disposition=attached_pic' +
    ':format=format_name,duration',
];
const pictureEntries = ['-show_entries', 'frame=pict_type', '-read_intervals'];

const unusable = {
  'no-video': { ok: false, code: 'no-video', reason: 'no video in this stream' },
  'unsupported-codec': { ok: false, code: 'unsupported-codec', reason: 'unsupported codec' },
} as const;

function failure(
  { stdout, stderr, timedOut }: RunResult,
  { timeoutMs, signal }: ProbeOptions,
): ProbeReport | undefined {
  if (signal?.aborted === true) return { ok: false, code: 'other', reason: 'called off' };
  if (timedOut)
    return { ok: false, code: 'timed-out', reason: `timed out after ${Math.round(timeoutMs / 1000)} s` };
  // ffprobe prints an empty object when it cannot open the source.
  if (stdout.includes('"streams"')) return undefined;
  return { ok: false, ...plainReason(stderr) };
}

function runFfprobe(
  source: MediaSource,
  entries: readonly string[],
  { timeoutMs, signal }: ProbeOptions,
): Promise<RunResult> {
  const { options, input } = sourceInput(source);
  const quiet = ['-hide_banner', '-loglevel', 'error', '-threads', '1'];
  const report = ['-select_streams', 'v:0', ...entries, '-of', 'json=compact=1'];
  const child = spawn(ensureGuardScript('ffprobe'), [...quiet, ...options, ...report, '-i', input], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    const output = { stdout: '', stderr: '' };
    let timedOut = false;
    const kill = (): void => {
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    };
    const timer = setTimeout(() => {
      timedOut = true;
      kill();
    }, timeoutMs);
    signal?.addEventListener('abort', kill);
    if (signal?.aborted === true) kill();
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        if (output[name].length < mostOutputBytes) output[name] += chunk;
      });
    }
    const settle = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', kill);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', () => {
      settle();
      resolve({ stdout: output.stdout, stderr: output.stderr.split('\n'), timedOut });
    });
  });
}
