import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { OptimizerState } from './flat-optimizer.js';

const epochSchema = z.object({
  epoch: z.number().int(),
  loss: z.number(),
  accuracy: z.number(),
  validationLoss: z.number(),
  validationAccuracy: z.number(),
  validationMacroRecall: z.number(),
  /** Time spent on training, validation left out; too short for an epoch that was interrupted and resumed. */
  seconds: z.number().optional(),
});

/** What one epoch came to. */
export type EpochResult = z.infer<typeof epochSchema>;

const headerSchema = z.object({
  format: z.literal(1),
  /** Fingerprint of the settings that a resumed run must share. */
  settings: z.string(),
  steps: z.number().int(),
  history: z.array(epochSchema),
  lossSum: z.number(),
  correct: z.number(),
  sizes: z.array(z.number().int()),
});

/** A run at one step: all that is needed to go on. */
export interface Checkpoint {
  readonly settings: string;
  readonly history: readonly EpochResult[];
  /** Sums over the steps of the epoch under way. */
  readonly lossSum: number;
  readonly correct: number;
  readonly optimizer: OptimizerState;
  /** Values of the weights that are not trained by gradients (batch-norm averages), end to end. */
  readonly fixed: Float32Array;
}

/** Writes a checkpoint in one file: length of the header, header as JSON, vectors as float32. Replaces the old one whole. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { optimizer, fixed, ...rest } = checkpoint;
  const vectors = [optimizer.weights, optimizer.first, optimizer.second, optimizer.average, fixed];
  const header = Buffer.from(
    JSON.stringify({ format: 1, ...rest, steps: optimizer.steps, sizes: vectors.map((v) => v.length) }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const bytes = vectors.map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength));
  await writeFile(`${path}.part`, Buffer.concat([length, header, ...bytes]));
  await rename(`${path}.part`, path);
}

/**
 * Reads a checkpoint; null where there is none.
 * @throws Error when the file is damaged
 */
export async function readCheckpoint(path: string): Promise<Checkpoint | null> {
  let file: Buffer;
  try {
    file = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const { header, vectors } = parseCheckpoint(path, file);
  const { steps, settings, history, lossSum, correct } = header;
  const none = new Float32Array();
  const [weights = none, first = none, second = none, average = none, fixed = none] = vectors;
  return {
    settings,
    history,
    lossSum,
    correct,
    fixed,
    optimizer: { steps, weights, first, second, average },
  };
}

function parseCheckpoint(
  path: string,
  file: Buffer,
): { header: z.infer<typeof headerSchema>; vectors: Float32Array[] } {
  try {
    const end = 4 + file.readUInt32LE(0);
    const header = headerSchema.parse(JSON.parse(file.subarray(4, end).toString('utf8')));
    let offset = end;
    const vectors = header.sizes.map((size) => {
      const bytes = Uint8Array.from(file.subarray(offset, offset + size * 4));
      if (bytes.length !== size * 4) throw new RangeError('it ends early');
      offset += bytes.length;
      return new Float32Array(bytes.buffer);
    });
    return { header, vectors };
  } catch (cause) {
    throw new Error(`${path}: damaged checkpoint; train without --resume`, { cause });
  }
}
