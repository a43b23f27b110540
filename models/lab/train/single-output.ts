import type { Tensor2D } from '@tensorflow/tfjs';
import { tensorProbabilities } from '../../classify/network-output.js';
import type { Tf } from '../../engine/engine.js';

/**
 * Logits of both classes of a network that ends in one sigmoid: its number and zero. Their softmax is the sigmoid and its
 * rest, and their cross-entropy the binary one. Other networks' logits as they are.
 */
export function everyLogit(tf: Tf, logits: Tensor2D): Tensor2D {
  return logits.shape[1] === 1 ? logits.concat(tf.zerosLike(logits), 1) : logits;
}

/** Probabilities of both classes of such a network: its number and the rest. Other networks' as they are. */
export function everyProbability(probabilities: Tensor2D): Tensor2D {
  return tensorProbabilities(probabilities, probabilities.shape[1] === 1 ? 'sigmoid' : 'probabilities');
}
