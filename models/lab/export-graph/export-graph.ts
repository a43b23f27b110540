import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { cropGraph, pixelsInput, probabilitiesOutput } from '../../classify/crop-graph.js';
import type { Manifest } from '../../classify/manifest.js';
import { tensorProbabilities } from '../../classify/network-output.js';
import { openWeights } from '../../classify/open-weights.js';
import type { Engine } from '../../engine/engine.js';
import { createRandom } from '../random.js';
import { networkInput } from '../train/network-input.js';
import { writeGraph } from './write-graph.js';
import type { ExportReport } from './write-graph.js';

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
  return writeGraph(target, {
    graph,
    largestDifference,
    weights: manifest.name,
    ...portsOf(manifest),
    classes: manifest.classes,
  });
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
