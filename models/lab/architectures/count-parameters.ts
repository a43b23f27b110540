import type { LayersModel } from '@tensorflow/tfjs';

/**
 * Counts a network's parameters as torchvision and timm do: what gradients could train, whether frozen or not. A batch norm's
 * scale and offset count, its running mean and variance do not.
 */
export function countParameters(model: LayersModel): number {
  return model.layers
    .flatMap((layer) =>
      layer.getClassName() === 'BatchNormalization' ? layer.weights.slice(0, 2) : layer.weights,
    )
    .reduce((sum, { shape }) => sum + shape.reduce<number>((size, side) => size * (side ?? 1), 1), 0);
}
