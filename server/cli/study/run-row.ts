import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { EngineFacts } from '../../../models/engine/engine.js';
import { manifestSchema } from '../../../models/classify/manifest.js';
import { readSplit } from '../../../models/lab/data/split-file.js';
import type { SplitPart } from '../../../models/lab/data/split.js';
import type { RowFigures } from '../../../models/lab/study/study-results.js';
import { median } from '../../../models/lab/study/time-network.js';

/** What the process of a row measures of itself. */
export interface RowMeasurements {
  readonly peakMegabytes: number;
  readonly faceMs: number;
  readonly engine: EngineFacts;
}

/** A row on its way through training. */
export interface RowRun {
  /** Options of `maskwatch train` for this row. */
  readonly options: readonly string[];
  /** Folder of the run: checkpoint, history, weights. */
  readonly out: string;
  /** Split that the rows share. */
  readonly split: string;
}

const testSchema = z.object({
  worn: z.object({ accuracy: z.number().nullable(), macroRecall: z.number().nullable() }),
});
const historySchema = z.array(z.object({ validationAccuracy: z.number(), seconds: z.number().optional() }));

/**
 * Trains one row in a process of its own, from its checkpoint where there is one.
 *
 * @returns null when the signal stopped it
 * @throws Error with the last words of the process where it failed
 */
export async function runRow(run: RowRun, signal: AbortSignal): Promise<RowFigures | null> {
  const weights = join(run.out, 'weights');
  const ended = await runProcess(
    [
      ...run.options,
      ...['--out', run.out, '--weights', weights, '--split', run.split, '--name', 'weights', '--json'],
      ...(existsSync(join(run.out, 'checkpoint.bin')) ? ['--resume'] : []),
    ],
    signal,
  );
  if (signal.aborted) return null;
  if (ended.code !== 0 || ended.measured === null) throw new Error(ended.lastWords);
  const { worn } = testSchema.parse(JSON.parse(ended.output));
  const history = historySchema.parse(await readJson(join(run.out, 'history.json')));
  const manifest = manifestSchema.parse(await readJson(join(weights, 'manifest.json')));
  const { engine, faceMs, peakMegabytes } = ended.measured;
  return {
    faces: await countFaces(run.split),
    inputSize: manifest.inputSize,
    parameters: manifest.parameters,
    epochs: history.length,
    validationAccuracy: Math.max(...history.map(({ validationAccuracy }) => validationAccuracy)),
    testAccuracy: worn.accuracy,
    testMacroRecall: worn.macroRecall,
    epochSeconds: median(history.flatMap(({ seconds }) => seconds ?? [])),
    faceMs,
    peakMegabytes,
    machine: machineText(engine),
    load: (loadavg()[1] ?? 0) / cpus().length,
    at: manifest.created.at,
  };
}

interface ProcessEnd {
  readonly code: number | null;
  readonly output: string;
  readonly measured: RowMeasurements | null;
  readonly lastWords: string;
}

async function runProcess(options: readonly string[], signal: AbortSignal): Promise<ProcessEnd> {
  const script = import.meta.url.endsWith('.ts') ? './row-process.ts' : './row-process.js';
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), ['train', ...options], {
    // Standard output is data for this process; progress goes to the terminal, and its end into the error.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Out of the terminal's group: Ctrl-C reaches it once, through `stop`, and a second one would end it at once.
    detached: true,
  });
  let output = '';
  let complaints = '';
  let measured: RowMeasurements | null = null;
  child.on('message', (message) => (measured = message as RowMeasurements));
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text);
    complaints = (complaints + text).slice(-2000);
  });
  const stop = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const lastWords =
      /^\w*Error: .*$/m.exec(complaints)?.[0] ?? complaints.trim().split('\n').at(-1) ?? 'no reason given';
    return { code, output, measured, lastWords };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function countFaces(split: string): Promise<Record<SplitPart, number>> {
  const faces = { train: 0, validation: 0, test: 0 };
  for (const part of (await readSplit(split))?.parts.values() ?? []) faces[part]++;
  return faces;
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** What the figures were measured on, for example `AMD EPYC, 2 threads, TensorFlow 2.15.1`. */
function machineText({ backend, tensorflow, threads }: EngineFacts): string {
  const processor = cpus()[0]?.model.trim() ?? 'an unknown processor';
  const engine = backend === 'wasm' ? 'WebAssembly' : `TensorFlow ${tensorflow ?? ''}`.trim();
  return `${processor}, ${threads === 1 ? '1 thread' : `${threads} threads`}, ${engine}`;
}
