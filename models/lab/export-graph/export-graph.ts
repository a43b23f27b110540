import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { cropGraph, pixelsInput, probabilitiesOutput } from '../../classify/crop-graph.js';
import type { Manifest, OutputClass } from '../../classify/manifest.js';
import { tensorProbabilities } from '../../classify/network-output.js';
import { openWeights } from '../../classify/open-weights.js';
import type { Engine } from '../../engine/engine.js';
import { createRandom } from '../random.js';
import { networkInput } from '../train/network-input.js';

/** The graph may differ from the layers by this much in a probability. */
export const exportTolerance = 1e-4;

/** An input or output of an exported graph. */
export interface GraphPort {
  readonly name: string;
  readonly type: 'string' | 'float32';
  /** `n` and `k` stand for sizes known only when the graph runs. */
  readonly shape: string;
  readonly meaning: string;
}

/** What an export wrote. */
export interface ExportReport {
  /** Path of `saved_model.pb`. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly weights: string;
  readonly signature: 'serving_default';
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly classes: readonly OutputClass[];
  /** Largest difference in a probability between graph and layers; null where no engine here runs graphs. */
  readonly largestDifference: number | null;
}

/**
 * Writes a classifier as a frozen SavedModel: `saved_model.pb` alone, no variables, batch norms folded, from the bytes of
 * crops to probabilities. The graph is compared with the layers before anything is written.
 *
 * @param source a weights folder
 * @param target folder of the SavedModel, made where it is missing
 * @throws WeightsError for a weights folder that cannot be used
 * @throws RangeError for a layer that no graph is written for
 * @throws Error where graph and layers differ by more than `exportTolerance`
 */
export async function exportGraph(engine: Engine, source: string, target: string): Promise<ExportReport> {
  const { manifest, model } = await openWeights(engine.tf, source);
  let graph: Uint8Array;
  let largestDifference: number | null;
  try {
    graph = cropGraph(model, manifest);
    largestDifference = await differenceOf(engine, graph, model, manifest);
  } finally {
    model.dispose();
  }
  if (largestDifference !== null && !(largestDifference <= exportTolerance)) {
    throw new Error(`The graph differs from the layers by ${largestDifference}: nothing was written`);
  }
  const file = join(target, 'saved_model.pb');
  await mkdir(target, { recursive: true });
  await writeFile(file, graph);
  const sha256 = createHash('sha256').update(graph).digest('hex');
  return {
    file,
    bytes: graph.length,
    sha256,
    weights: manifest.name,
    signature: 'serving_default',
    ...portsOf(manifest),
    classes: manifest.classes,
    largestDifference,
  };
}

function portsOf({ inputSize, classes }: Manifest): Pick<ExportReport, 'inputs' | 'outputs'> {
  const crop = `${inputSize}x${inputSize} rgb24 crops, row-major, ${inputSize * inputSize * 3} bytes each`;
  return {
    inputs: [{ name: pixelsInput, type: 'string', shape: '[k]', meaning: `bytes of n ${crop}` }],
    outputs: [
      {
        name: probabilitiesOutput,
        type: 'float32',
        shape: `[n, ${classes.length}]`,
        meaning: `probabilities of ${classes.join(', ')}`,
      },
    ],
  };
}

/** Runs both on a few crops of seeded noise. */
async function differenceOf(
  { tf, compile }: Engine,
  graph: Uint8Array,
  model: LayersModel,
  { inputSize, normalisation, output }: Manifest,
): Promise<number | null> {
  if (compile === undefined) return null;
  const random = createRandom(1);
  const pixels = Uint8Array.from({ length: 4 * inputSize * inputSize * 3 }, () => random.below(256));
  const compiled = await compile(graph);
  const got = compiled.run({ [pixelsInput]: [pixels] })[probabilitiesOutput]?.data ?? new Float32Array();
  compiled.close();
  const wanted = tf.tidy(() => {
    const y = model.predict(networkInput(tf, pixels, inputSize, normalisation)) as Tensor;
    return tensorProbabilities(y, output).dataSync<'float32'>();
  });
  if (got.length !== wanted.length) return Infinity;
  return wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - (got[i] ?? NaN))), 0);
}
