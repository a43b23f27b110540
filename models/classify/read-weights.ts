import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { io } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { PlainWeights, WeightEntry } from './int8-weights.js';
import { expandInt8, weightEntrySchema } from './int8-weights.js';
import type { Manifest } from './manifest.js';
import { manifestSchema } from './manifest.js';
import { WeightsError } from './weights-error.js';

/** What every manifest says, whatever its task. */
export interface CommonManifest {
  readonly name: string;
  /** sha256 of the other files. */
  readonly files: Readonly<Record<'model.json' | 'weights.bin', string>>;
}

/** A checked weights folder in memory. */
export interface Weights<M extends CommonManifest = Manifest> {
  readonly manifest: M;
  /** What `tf.io.fromMemory` takes. */
  readonly artifacts: io.ModelArtifacts;
}

/** The parts of tfjs' `model.json` that are read here; tfjs checks the topology itself. */
const modelJsonSchema = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weightEntrySchema) })),
});

/**
 * Reads a weights folder: `manifest.json`, and `model.json` and `weights.bin` (a tfjs layers model, its weights as float32,
 * float16 or int8) if they are the files that the manifest speaks of.
 *
 * @throws WeightsError naming the file
 */
export async function readWeights(folder: string): Promise<Weights> {
  return readWeightsOf(manifestSchema, folder);
}

/**
 * Reads a weights folder of any task.
 *
 * @param schema of its manifest
 * @throws WeightsError naming the file
 */
export async function readWeightsOf<M extends CommonManifest>(
  schema: z.ZodType<M>,
  folder: string,
): Promise<Weights<M>> {
  const manifest = parse(schema, await readPart(folder, 'manifest.json'), join(folder, 'manifest.json'));
  if (manifest.name !== basename(resolve(folder))) {
    throw new WeightsError(
      'invalid',
      join(folder, 'manifest.json'),
      `${join(folder, 'manifest.json')} is of ${manifest.name}, but its folder has another name`,
    );
  }
  const modelJson = await readVerified(folder, 'model.json', manifest);
  const weightData = await readVerified(folder, 'weights.bin', manifest);
  const { modelTopology, weightsManifest } = parse(modelJsonSchema, modelJson, join(folder, 'model.json'));
  const entries = weightsManifest.flatMap(({ weights }) => weights);
  return { manifest, artifacts: { modelTopology, ...plainWeights(folder, entries, weightData) } };
}

function plainWeights(folder: string, entries: readonly WeightEntry[], bytes: Buffer): PlainWeights {
  try {
    return expandInt8(entries, bytes);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const path = join(folder, 'weights.bin');
    throw new WeightsError('invalid', path, `${path} ${cause.message}`, { cause });
  }
}

async function readVerified(
  folder: string,
  file: keyof CommonManifest['files'],
  manifest: CommonManifest,
): Promise<Buffer> {
  const bytes = await readPart(folder, file);
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (sum === manifest.files[file]) return bytes;
  const path = join(folder, file);
  throw new WeightsError(
    'damaged',
    path,
    `${path} is damaged: its sha256 is ${sum}, not ${manifest.files[file]}`,
  );
}

async function readPart(folder: string, file: string): Promise<Buffer> {
  const path = join(folder, file);
  try {
    return await readFile(path);
  } catch (cause) {
    throw new WeightsError('missing', path, `${path} cannot be read`, { cause });
  }
}

function parse<T extends z.ZodType>(schema: T, bytes: Buffer, path: string): z.infer<T> {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new WeightsError('invalid', path, `${path} is no JSON`, { cause });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new WeightsError('invalid', path, `${path} breaks its rules: ${z.prettifyError(result.error)}`);
}
