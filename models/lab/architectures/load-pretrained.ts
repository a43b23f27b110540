import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import type { Layer } from '../../graph/layer-settings.js';
import { toDepthwise, toHwio } from '../detector/safetensors.js';
import type { NamedTensor } from '../detector/safetensors.js';
import { nextNumber } from './norm-names.js';

/** Weights of a PyTorch network by name. */
export type PyTorchWeights = ReadonlyMap<string, NamedTensor>;

/** What torchvision adds to the variance; only its norms are ever folded here. */
const torchvisionEpsilon = 1e-5;

/**
 * Puts PyTorch's weights into the convolutions and batch norms of a model, which bear PyTorch's names (torchvision's or
 * efficientnet-pytorch's). Where the model's convolution has a bias and the file's has none, the file's batch norm is
 * folded in. Dense layers keep what they have: they are the head.
 * @returns names of the layers that got weights
 * @throws Error naming a layer that has no weights in the file, or whose weights do not fit
 */
export function loadPretrained(tf: Tf, model: LayersModel, weights: PyTorchWeights): string[] {
  const loaded: string[] = [];
  for (const layer of model.layers) {
    const values = tf.tidy(() => valuesFor(tf, layer, weights));
    if (values.length === 0) continue;
    try {
      layer.setWeights(values);
    } catch (cause) {
      throw new Error(`the weights for ${layer.name} of ${model.name} do not fit`, { cause });
    } finally {
      tf.dispose(values);
    }
    loaded.push(layer.name);
  }
  return loaded;
}

function valuesFor(tf: Tf, layer: Layer, weights: PyTorchWeights): Tensor[] {
  const className = layer.getClassName();
  if (className === 'BatchNormalization') {
    const { gamma, beta, mean, variance } = normNamed(weights, layer.name);
    return [gamma, beta, mean, variance].map((values) => tf.tensor1d(values));
  }
  if (className !== 'Conv2D' && className !== 'DepthwiseConv2D') return [];
  const depthwise = className === 'DepthwiseConv2D';
  const stored = tensorNamed(weights, `${layer.name}.weight`);
  const { shape, data } = depthwise ? toDepthwise(stored) : toHwio(stored);
  const kernel = tf.tensor(data, [...shape]);
  if (layer.getWeights().length === 1) return [kernel];
  const bias = find(weights, `${layer.name}.bias`);
  if (bias) return [kernel, tf.tensor1d(bias.data)];
  const { gamma, beta, mean, variance } = normNamed(weights, nextNumber(layer.name));
  const scale = gamma.map((g, i) => g / Math.sqrt((variance[i] ?? 0) + torchvisionEpsilon));
  const shift = beta.map((b, i) => b - (mean[i] ?? 0) * (scale[i] ?? 0));
  // Output channels come last, but a depthwise kernel has its multiplier behind them.
  const factors = tf.tensor(scale, depthwise ? [scale.length, 1] : [scale.length]);
  return [kernel.mul(factors), tf.tensor1d(shift)];
}

interface Norm {
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

function normNamed(weights: PyTorchWeights, name: string): Norm {
  const part = (suffix: string): Float32Array => tensorNamed(weights, `${name}.${suffix}`).data;
  return {
    gamma: part('weight'),
    beta: part('bias'),
    mean: part('running_mean'),
    variance: part('running_var'),
  };
}

function tensorNamed(weights: PyTorchWeights, name: string): NamedTensor {
  const found = find(weights, name);
  if (!found) throw new Error(`the file has no tensor ${name}`);
  return found;
}

/** By the name itself, or as efficientnet-pytorch writes it: `_blocks.0._bn1.weight`. */
function find(weights: PyTorchWeights, name: string): NamedTensor | undefined {
  const [, layer = '', part = ''] = /^(.*)\.(\w+)$/.exec(name) ?? [];
  return weights.get(name) ?? weights.get(`${layer.replace(/(^|\.)(?=[a-z])/g, '$1_')}.${part}`);
}
