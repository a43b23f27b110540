import type { SymbolicTensor } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { put } from './put.js';

/**
 * Adds `relu6(x + 3) / 6`, the hard sigmoid of MobileNetV3 (https://arxiv.org/abs/1905.02244, section 5.2). tfjs' own
 * `hardSigmoid` is another one, `x / 5 + 1 / 2` cut to 0..1. Built of layers that every tfjs knows, so that a stored
 * network loads anywhere.
 */
export function hardSigmoid(tf: Tf, x: SymbolicTensor, name: string): SymbolicTensor {
  const raised = put(tf.layers.rescaling({ name: `${name}.raised`, scale: 1, offset: 3 }), x);
  const cut = put(tf.layers.reLU({ name: `${name}.cut`, maxValue: 6 }), raised);
  return put(tf.layers.rescaling({ name, scale: 1 / 6, offset: 0 }), cut);
}

/** Adds `x * relu6(x + 3) / 6`, the swish of MobileNetV3. */
export function hardSwish(tf: Tf, x: SymbolicTensor, name: string): SymbolicTensor {
  return put(tf.layers.multiply({ name }), [x, hardSigmoid(tf, x, `${name}.gate`)]);
}
