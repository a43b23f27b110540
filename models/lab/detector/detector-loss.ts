import type { Scalar, Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';

/** Targets of a batch: see `CellTargets`; shapes `[batch, cells]` and `[batch, cells, 4]`. */
export interface TargetTensors {
  readonly scores: Tensor2D;
  readonly positives: Tensor2D;
  readonly boxes: Tensor3D;
}

/**
 * 2 x KL of the scores, weighted 0.25 + max(p, t) + |p - t| + 0.5 at positives (after Li et al., "Generalized focal loss",
 * 2020), plus 2 x GIoU (Rezatofighi et al., 2019) plus 0.5 x smooth L1 of the boxes at positives, for each positive cell.
 *
 * @param answers `[batch, cells, 5]`: logit, dx, dy, log w, log h
 */
export function detectorLoss(tf: Tf, answers: Tensor3D, targets: TargetTensors): Scalar {
  const { scores, positives, boxes } = targets;
  const count = tf.maximum(positives.sum(), 1);
  const logits = answers.slice([0, 0, 0], [-1, -1, 1]).squeeze<Tensor2D>([2]);
  // The weight looks at the answer but must not be learned through.
  const certain = tf.sigmoid(tf.tensor2d(logits.dataSync(), logits.shape));
  const weight = tf.maximum(certain, scores).add(certain.sub(scores).abs()).add(positives.mul(0.5)).add(0.25);
  const entropy = crossEntropy(tf, logits, scores).sub(entropyOf(tf, scores));
  const scoreLoss = entropy.mul(weight).sum().mul(2);
  const offsets = answers.slice([0, 0, 1], [-1, -1, 4]);
  const overlapLoss = tf
    .sub(1, generalisedIou(tf, offsets, boxes))
    .mul(positives)
    .sum()
    .mul(2);
  const distance = tf.sub(offsets, boxes).abs();
  // Huber's: quadratic up to 1, linear above.
  const near = tf.minimum(distance, 1);
  const smooth = near.square().mul(0.5).add(distance.sub(near)).sum(-1);
  const boxLoss = smooth.mul(positives).sum().mul(0.5);
  return scoreLoss.add(overlapLoss).add(boxLoss).div(count).asScalar();
}

/** Of logits against probabilities, without overflow. */
function crossEntropy(tf: Tf, logits: Tensor, targets: Tensor): Tensor {
  return tf
    .relu(logits)
    .sub(logits.mul(targets))
    .add(tf.log1p(tf.exp(logits.abs().neg())));
}

function entropyOf(tf: Tf, p: Tensor): Tensor {
  const safe = tf.clipByValue(p, 1e-6, 1 - 1e-6);
  const other = tf.sub(1, safe);
  return safe.mul(safe.log()).add(other.mul(other.log())).neg();
}

/** Of boxes as dx, dy, log w, log h in units of their stride. */
function generalisedIou(tf: Tf, a: Tensor, b: Tensor): Tensor {
  const first = edges(tf, a);
  const second = edges(tf, b);
  const sides = (x: ReturnType<typeof edges>) => x.high.sub(x.low);
  const area = (extent: Tensor) =>
    extent.slice([0, 0, 0], [-1, -1, 1]).mul(extent.slice([0, 0, 1], [-1, -1, 1]));
  const shared = area(tf.relu(tf.minimum(first.high, second.high).sub(tf.maximum(first.low, second.low))));
  const union = area(sides(first))
    .add(area(sides(second)))
    .sub(shared);
  const hull = area(tf.maximum(first.high, second.high).sub(tf.minimum(first.low, second.low)));
  return shared.div(union).sub(hull.sub(union).div(hull)).squeeze([2]);
}

function edges(tf: Tf, box: Tensor): { low: Tensor; high: Tensor } {
  const centre = box.slice([0, 0, 0], [-1, -1, 2]);
  // An answer far off early in training must not overflow the exponential.
  const half = tf.exp(tf.clipByValue(box.slice([0, 0, 2], [-1, -1, 2]), -4, 5)).mul(0.5);
  return { low: centre.sub(half), high: centre.add(half) };
}
