import type { Tensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';

/**
 * Replaces tfjs' gradients of relu and relu6 by ones of the same value. The originals ask `step`, which fills, selects and
 * looks for NaN in tensors as large as the activations: a fifth of a training step of a small network. Idempotent; for
 * processes that train.
 */
export function useCheapGradients(tf: Tf): void {
  const gate = (kernelName: string, open: (x: Tensor) => Tensor): void => {
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({
        x: () => {
          if (x === undefined || Array.isArray(dy))
            throw new TypeError(`${kernelName} has one input and output`);
          return dy.mul(open(x).cast('float32'));
        },
      }),
    });
  };
  gate('Relu', (x) => x.greater(0));
  gate('Relu6', (x) => x.greater(0).logicalAnd(x.lessEqual(6)));
}
