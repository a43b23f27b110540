import type { LayersModel, SymbolicTensor, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import type { Layer } from '../../graph/layer-settings.js';

/**
 * How what enters a batch norm differs from what the norm has stored: the median over its channels, as channels that seldom
 * wake need more photographs than anyone has at hand.
 */
export interface NormDrift {
  readonly layer: string;
  /** Distance between a channel's mean and the stored one, in stored standard deviations; 0 where they agree. */
  readonly mean: number;
  /** Factor between a channel's variance and the stored one, 1 or more; 1 where they agree. */
  readonly variance: number;
}

/** Added to variances, so that dead channels do not count as infinitely far off. */
const floor = 1e-3;

/**
 * Checks imported weights: natural photographs must give every batch norm about the mean and variance that it has stored.
 * Wrong padding, normalisation, epsilon or order of channels shows here, in the first layer that it touches.
 * @param input photographs as the network takes them, of the size that it was trained at; a dozen and more
 * @returns one line a batch norm, in the model's order
 */
export function normDrift(tf: Tf, model: LayersModel, input: Tensor4D): NormDrift[] {
  const norms = model.layers.filter((layer) => layer.getClassName() === 'BatchNormalization');
  if (norms.length === 0) return [];
  const probe = tf.model({ inputs: model.inputs, outputs: norms.map(inputOf) });
  let drifts: NormDrift[] = [];
  tf.tidy(() => {
    // Photograph by photograph: what enters all norms at once is large.
    const seen = tf.split(input, input.shape[0]).map((photo) =>
      tf.tidy(() =>
        [probe.predict(photo)].flat().map((map) => {
          const { mean, variance } = tf.moments(map, [0, 1, 2]);
          return tf.stack([mean, mean.square().add(variance)]);
        }),
      ),
    );
    drifts = norms.map((norm, at) => {
      const moments = tf.stack(seen.flatMap((photo) => photo[at] ?? [])).mean(0);
      return driftOf(tf, norm, moments as Tensor2D);
    });
  });
  return drifts;
}

/** @param moments mean and mean square of each channel */
function driftOf(tf: Tf, norm: Layer, moments: Tensor2D): NormDrift {
  const [mean, square] = tf.unstack(moments);
  const [storedMean, storedVariance] = norm.getWeights().slice(-2);
  if (!mean || !square || !storedMean || !storedVariance)
    throw new RangeError(`${norm.name} has no stored statistics`);
  const variance = square.sub(mean.square()).relu();
  const wide = storedVariance.add(floor);
  return {
    layer: norm.name,
    mean: median(mean.sub(storedMean).abs().div(wide.sqrt())),
    variance: Math.exp(median(variance.add(floor).div(wide).log().abs())),
  };
}

function median(values: Tensor): number {
  const sorted = values.dataSync().slice().sort();
  return sorted[sorted.length >> 1] ?? NaN;
}

/** How far a norm may be off before an import counts as wrong. */
export interface DriftLimits {
  /** In stored standard deviations. */
  readonly mean: number;
  /** Factor, 1 or more. */
  readonly variance: number;
}

/**
 * Limits that sound imports keep on two dozen photographs (0.17 and 2.4 were seen at most), and wrong normalisations, which begin
 * at a factor of 4, do not.
 */
export const usualLimits: DriftLimits = { mean: 0.5, variance: 3 };

/** The norms that are further off than the limits, or by what is no number, in the model's order. */
export function beyondLimits(drifts: readonly NormDrift[], limits: DriftLimits): NormDrift[] {
  return drifts.filter(({ mean, variance }) => !(mean <= limits.mean && variance <= limits.variance));
}

/** The norm that is furthest off; null where there are none. */
export function worstDrift(drifts: readonly NormDrift[]): NormDrift | null {
  const off = ({ mean, variance }: NormDrift): number => mean + Math.log(variance);
  return drifts.reduce<NormDrift | null>(
    (worst, drift) => (worst && off(worst) >= off(drift) ? worst : drift),
    null,
  );
}

function inputOf(layer: Layer): SymbolicTensor {
  const tensor = layer.inboundNodes[0]?.inputTensors[0];
  if (!tensor) throw new RangeError(`${layer.name} is not connected`);
  return tensor;
}
