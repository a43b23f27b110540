import type { LayersModel } from '@tensorflow/tfjs';

/** What of a layer tells how much it computes. */
export interface LayerShape {
  /** tfjs' name of the class, for example `Conv2D`. */
  readonly className: string;
  /** Of the layer's first weight; empty where it has none. */
  readonly kernel: readonly number[];
  /** Without the batch. */
  readonly output: readonly number[];
}

/**
 * Multiplications and additions of one layer for one picture: two for each weight at each place where it is applied. Biases,
 * activations, resizing and sums are left out, as usual; they are a few in a hundred.
 */
export function layerOperations({ className, kernel, output }: LayerShape): number {
  const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);
  const places = product(output.slice(0, -1));
  switch (className) {
    case 'Conv2D':
    case 'DepthwiseConv2D':
    case 'Dense':
      return 2 * product(kernel) * places;
    default:
      return 0;
  }
}

/**
 * The same for a whole network whose layers all know their sizes.
 *
 * @throws RangeError for a layer of unknown size, naming it, and for kinds of layers that hide others
 */
export function networkOperations(model: LayersModel): number {
  return model.layers.reduce((sum, layer) => {
    const className = layer.getClassName();
    if (['SeparableConv2D', 'Functional', 'Model', 'Sequential'].includes(className)) {
      throw new RangeError(`the operations of ${layer.name} (${className}) are not counted`);
    }
    const kernel = layer.weights[0]?.shape.map((size) => size ?? NaN) ?? [];
    const [, ...output] = (layer.outputShape as readonly (number | null)[]).map((size) => size ?? NaN);
    const operations = layerOperations({ className, kernel, output });
    if (Number.isNaN(operations)) throw new RangeError(`the size of ${layer.name} is not known`);
    return sum + operations;
  }, 0);
}
