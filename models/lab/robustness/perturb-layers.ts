import type { LayersModel, Tensor, Tensor4D } from '@tensorflow/tfjs';
import type { Manifest } from '../../classify/manifest.js';
import { tensorProbabilities } from '../../classify/network-output.js';
import type { Tf } from '../../engine/engine.js';

/** The scalars that weights are multiplied by, and that are added to them. */
export const defaultScalars: readonly number[] = [0.25, 0.4, 0.6, 0.85, 0.96, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** What is done to the weights of a layer. */
export const perturbations = ['multiply', 'add'] as const;

/** One of them. */
export type Perturbation = (typeof perturbations)[number];

/** Faces as the network takes them, with what they show. */
export interface PreparedFaces {
  /** float32 `[n, side, side, 3]`, normalised; the caller disposes it. */
  readonly input: Tensor4D;
  /** The output that is right for each face. */
  readonly truths: readonly number[];
  /** What the network's last layer gives. */
  readonly output: Manifest['output'];
  /** How many of the first outputs are worn states; a `reject` behind them is never an answer. */
  readonly states: number;
}

/** Accuracy (0..1) of a network with one layer disturbed, for each scalar in order. */
export interface LayerAccuracies extends Readonly<Record<Perturbation, readonly number[]>> {
  readonly layer: string;
}

/** Accuracy of the network as it is, and with each layer disturbed. */
export interface PerturbationResult {
  readonly faces: number;
  readonly baseline: number;
  readonly scalars: readonly number[];
  readonly layers: readonly LayerAccuracies[];
}

/** What a long run tells and asks. */
export interface PerturbationHooks {
  /** Called after each evaluation. */
  onStep?(done: number, total: number, layer: string): void;
  readonly signal?: AbortSignal;
}

/**
 * Multiplies the weights of each layer by each scalar, adds each scalar to them, and judges the network each time. All
 * weights of a layer are disturbed together, the running averages of batch norms excepted: they are statistics of the data.
 * Whatever happens, the weights are afterwards what they were, bit by bit.
 *
 * @throws DOMException AbortError when the signal is raised
 */
export async function perturbLayers(
  tf: Tf,
  model: LayersModel,
  faces: PreparedFaces,
  scalars: readonly number[],
  hooks: PerturbationHooks = {},
): Promise<PerturbationResult> {
  const layers = model.layers.filter((layer) => disturbed(layer).length > 0);
  const total = layers.length * scalars.length * perturbations.length;
  let done = 0;
  const baseline = accuracyOf(tf, model, faces);
  const results: LayerAccuracies[] = [];
  for (const layer of layers) {
    const weights = disturbed(layer);
    const kept = weights.map((weight) => weight.read().clone());
    const row: Record<Perturbation, number[]> = { multiply: [], add: [] };
    try {
      for (const perturbation of perturbations) {
        for (const scalar of scalars) {
          // Ctrl-C can be noticed only where the event loop gets its turn.
          await new Promise((resolve) => setImmediate(resolve));
          hooks.signal?.throwIfAborted();
          tf.tidy(() => {
            weights.forEach((weight, i) => {
              const from = kept[i];
              if (from) weight.write(perturbation === 'multiply' ? from.mul(scalar) : from.add(scalar));
            });
          });
          row[perturbation].push(accuracyOf(tf, model, faces));
          hooks.onStep?.(++done, total, layer.name);
        }
      }
    } finally {
      weights.forEach((weight, i) => kept[i] && weight.write(kept[i]));
      tf.dispose(kept);
    }
    results.push({ layer: layer.name, ...row });
  }
  return { faces: faces.truths.length, baseline, scalars, layers: results };
}

/** The weights of a layer that are disturbed. */
function disturbed(layer: LayersModel['layers'][number]): typeof layer.weights {
  return layer.weights.filter(({ originalName }) => !/moving_(mean|variance)$/.test(originalName));
}

const chunk = 64;

/** Part of the faces whose largest worn state is the right one. */
function accuracyOf(tf: Tf, model: LayersModel, { input, truths, output, states }: PreparedFaces): number {
  let right = 0;
  for (let start = 0; start < truths.length; start += chunk) {
    const part = truths.slice(start, start + chunk);
    const rows = tf.tidy(() => {
      const last = model.predict(input.slice(start, part.length)) as Tensor;
      return tensorProbabilities(last, output).slice([0, 0], [-1, states]).dataSync<'float32'>();
    });
    part.forEach(
      (truth, i) => (right += answerOf(rows.subarray(i * states, (i + 1) * states)) === truth ? 1 : 0),
    );
  }
  return truths.length > 0 ? right / truths.length : 0;
}

/** The largest output; -1 where one is no number, which is no answer. */
function answerOf(row: Float32Array): number {
  return row.indexOf(Math.max(...row));
}
