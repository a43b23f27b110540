import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import type { NamedTensor } from '../detector/safetensors.js';
import { toDepthwise, toHwio } from '../detector/safetensors.js';

const epsilon = 1e-5;

/**
 * Puts torchvision's weights into the convolutions of a model that bear torchvision's names. Where the model's
 * convolution has a bias and no norm of its own, the batch norm that follows it in torchvision is folded in; where a layer
 * `<name>.norm` follows, the norm is loaded into it.
 * @returns names of the layers that got weights
 * @throws Error naming a layer whose weights do not fit
 */
export function loadTorchvision(
  tf: Tf,
  model: LayersModel,
  weights: ReadonlyMap<string, NamedTensor>,
): string[] {
  const loaded: string[] = [];
  for (const layer of model.layers) {
    const kernel = weights.get(`${layer.name}.weight`);
    const depthwise = layer.getClassName() === 'DepthwiseConv2D';
    if (!kernel || !(depthwise || layer.getClassName() === 'Conv2D')) continue;
    const moved = depthwise ? toDepthwise(kernel) : toHwio(kernel);
    const norm = normOf(weights, layer.name);
    const channels = norm?.scale.length ?? kernel.shape[0] ?? 0;
    tf.tidy(() => {
      const values: Tensor[] = [tensorOf(tf, moved)];
      const own = model.layers.find(({ name }) => name === `${layer.name}.norm`);
      if (own && norm) {
        own.setWeights([norm.gamma, norm.beta, norm.mean, norm.variance].map((v) => tf.tensor1d(v)));
      } else if (norm) {
        const scale = tf.tensor1d(norm.scale);
        values[0] = tensorOf(tf, moved).mul(depthwise ? scale.reshape([channels, 1]) : scale);
        values.push(tf.tensor1d(norm.shift));
      } else {
        const bias = weights.get(`${layer.name}.bias`);
        if (bias) values.push(tf.tensor1d(bias.data));
      }
      layer.setWeights(values);
    });
    loaded.push(layer.name);
  }
  return loaded;
}

function tensorOf(tf: Tf, { shape, data }: NamedTensor): Tensor {
  return tf.tensor(data, [...shape]);
}

interface Norm {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  /** The norm as one multiplication and one addition a channel. */
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

/** The batch norm after a convolution: torchvision gives it the next number, `0.0` to `0.1`, `conv.2` to `conv.3`. */
function normOf(weights: ReadonlyMap<string, NamedTensor>, convolution: string): Norm | null {
  const name = convolution.replace(/\d+$/, (number) => String(Number(number) + 1));
  const part = (suffix: string): Float32Array | undefined => weights.get(`${name}.${suffix}`)?.data;
  const [gamma, beta] = [part('weight'), part('bias')];
  const [mean, variance] = [part('running_mean'), part('running_var')];
  if (!gamma || !beta || !mean || !variance) return null;
  const scale = gamma.map((g, i) => g / Math.sqrt((variance[i] ?? 0) + epsilon));
  const shift = beta.map((b, i) => b - (mean[i] ?? 0) * (scale[i] ?? 0));
  return { gamma, beta, mean, variance, scale, shift };
}
