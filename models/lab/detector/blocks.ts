import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { type NamedTensor, toDepthwise, toHwio } from './safetensors.js';

/**
 * Puts weights in PyTorch's layout into the model.
 *
 * @param tensors `<layer>.weight` and `<layer>.bias`
 * @throws Error when a tensor is missing or of another shape
 */
export function loadPyTorchWeights(
  tf: Tf,
  model: LayersModel,
  tensors: ReadonlyMap<string, NamedTensor>,
): void {
  for (const layer of model.layers) {
    if (layer.weights.length === 0) continue;
    const name = layer.name.replaceAll('_', '.');
    const weight = tensors.get(`${name}.weight`);
    const bias = tensors.get(`${name}.bias`);
    if (weight === undefined || bias === undefined) throw new Error(`The file has no weights for ${name}`);
    const kernel = layer.getClassName() === 'DepthwiseConv2D' ? toDepthwise(weight) : toHwio(weight);
    tf.tidy(() => {
      layer.setWeights([tf.tensor(kernel.data, [...kernel.shape]), tf.tensor1d(bias.data)]);
    });
  }
}

/** The few blocks of face detectors; padding is PyTorch's, half the kernel on every side. */
export class Blocks {
  readonly #tf: Tf;

  /** @param tf what layers are made with */
  constructor(tf: Tf) {
    this.#tf = tf;
  }

  /** 3x3 convolution and relu. */
  conv(x: SymbolicTensor, name: string, filters: number, stride: number): SymbolicTensor {
    return this.#tf.layers
      .conv2d({
        name: layerName(name),
        filters,
        kernelSize: 3,
        strides: stride,
        padding: padding(stride),
        activation: 'relu',
      })
      .apply(this.#padded(x, stride)) as SymbolicTensor;
  }

  /** 3x3 depthwise convolution. */
  depthwise(x: SymbolicTensor, name: string, stride: number, relu: boolean): SymbolicTensor {
    return this.#tf.layers
      .depthwiseConv2d({
        name: layerName(name),
        kernelSize: 3,
        strides: stride,
        padding: padding(stride),
        activation: relu ? 'relu' : 'linear',
      })
      .apply(this.#padded(x, stride)) as SymbolicTensor;
  }

  /** 1x1 convolution. */
  point(x: SymbolicTensor, name: string, filters: number, relu: boolean): SymbolicTensor {
    return this.#tf.layers
      .conv2d({ name: layerName(name), filters, kernelSize: 1, activation: relu ? 'relu' : 'linear' })
      .apply(x) as SymbolicTensor;
  }

  /** Linear 1x1, then depthwise 3x3 and relu. */
  pair(x: SymbolicTensor, name: string, filters: number): SymbolicTensor {
    return this.depthwise(this.point(x, `${name}.p`, filters, false), `${name}.d`, 1, true);
  }

  /** The largest of each 2x2. */
  halve(x: SymbolicTensor): SymbolicTensor {
    return this.#tf.layers.maxPooling2d({ poolSize: 2 }).apply(x) as SymbolicTensor;
  }

  /** Channels one after the other. */
  concat(parts: SymbolicTensor[]): SymbolicTensor {
    return this.#tf.layers.concatenate().apply(parts) as SymbolicTensor;
  }

  /** Sum of two maps. */
  add(a: SymbolicTensor, b: SymbolicTensor): SymbolicTensor {
    return this.#tf.layers.add().apply([a, b]) as SymbolicTensor;
  }

  /** Each cell four times. */
  double(x: SymbolicTensor): SymbolicTensor {
    return this.#tf.layers.upSampling2d({ size: [2, 2] }).apply(x) as SymbolicTensor;
  }

  /** TensorFlow's own padding lies right and below only where the stride is 2; ours lies on every side. */
  #padded(x: SymbolicTensor, stride: number): SymbolicTensor {
    if (stride === 1) return x;
    return this.#tf.layers.zeroPadding2d({ padding: 1 }).apply(x) as SymbolicTensor;
  }
}

function padding(stride: number): 'same' | 'valid' {
  return stride === 1 ? 'same' : 'valid';
}

/** tfjs allows no dots in layer names. */
function layerName(name: string): string {
  return name.replaceAll('.', '_');
}
