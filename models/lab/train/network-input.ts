import type { Tensor4D } from '@tensorflow/tfjs';
import type { Manifest } from '../../classify/manifest.js';
import type { Tf } from '../../engine/engine.js';

/** Turns rgb24 squares into what the network takes: float32 `[n, size, size, 3]`, normalised by channel. */
export function networkInput(
  tf: Tf,
  pixels: Uint8Array,
  size: number,
  { mean, std }: Manifest['normalisation'],
): Tensor4D {
  const count = pixels.length / (size * size * 3);
  return tf.tidy(() =>
    tf
      .tensor4d(pixels, [count, size, size, 3], 'int32')
      .toFloat()
      .sub(tf.tensor1d(mean))
      .div(tf.tensor1d(std)),
  );
}
