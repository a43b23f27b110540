import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';

/** What the loss of a step is made of. */
export interface LossOptions {
  /** Share of the labels' target that is spread over all outputs, 0..1. */
  readonly labelSmoothing: number;
  /** Factor on the loss of each output's faces. */
  readonly classWeights: readonly number[];
  /** How a teacher's part is mixed in, where there is a teacher. */
  readonly distillation?: { readonly share: number; readonly temperature: number } | undefined;
}

/**
 * Cross-entropy to the smoothed labels, mixed with that to a teacher's softened probabilities; the weighted mean over the
 * faces. The teacher's part is multiplied by the temperature squared, so that its gradients keep their size (Hinton et al.
 * 2015, https://arxiv.org/abs/1503.02531). A face on which the teacher has no opinion is taught by its label alone.
 *
 * @param logits `[n, outputs]`
 * @param truth the right output of each face
 * @param teacher `n` rows of probabilities, all 0 where there is no opinion
 */
export function lessonLoss(
  tf: Tf,
  logits: Tensor2D,
  truth: Tensor1D,
  teacher: Float32Array | null,
  { labelSmoothing, classWeights, distillation }: LossOptions,
): Scalar {
  const [, outputs] = logits.shape;
  const target = tf
    .oneHot(truth, outputs)
    .mul(1 - labelSmoothing)
    .add(labelSmoothing / outputs);
  let each = target.mul(logits.logSoftmax()).sum<Tensor1D>(1).neg();
  if (teacher && distillation) {
    const { share, temperature } = distillation;
    const said = tf.tensor2d(teacher, [teacher.length / outputs, outputs]);
    const believed = said.sum(1).mul(share);
    const apart = said
      .mul(logits.div(temperature).logSoftmax())
      .sum(1)
      .mul(-(temperature ** 2) * share);
    each = each.mul(believed.neg().add(1)).add(apart);
  }
  const weights = tf.gather(
    tf.tensor1d(Array.from({ length: outputs }, (_, i) => classWeights[i] ?? 1)),
    truth,
  );
  // All weights may be 0 where a class is left out and a batch holds no other.
  return each.mul(weights).sum().div<Scalar>(weights.sum().maximum(1e-6));
}
