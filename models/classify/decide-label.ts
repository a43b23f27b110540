import type { Classification, MaskLabel, WornState } from '../mask-classifier.js';
import { wornStates } from '../mask-classifier.js';
import type { Manifest, OutputClass } from './manifest.js';

/** The part of a manifest that turns outputs into labels. */
export type LabelRule = Pick<Manifest, 'classes' | 'thresholds'>;

/**
 * Turns a network's probabilities into a label. The worn states' probabilities are renormalised to sum 1 (a state that the
 * network does not know has 0). The label is the largest, or `unknown` where the crop seems to be no usable face, where
 * the largest is too small, or where the face is.
 *
 * @param outputs one probability for each class of the rule
 * @param faceSide long side of the face's box in pixels of its picture
 */
export function decideLabel(outputs: ArrayLike<number>, faceSide: number, rule: LabelRule): Classification {
  const of = (name: OutputClass): number => {
    const index = rule.classes.indexOf(name);
    return index < 0 ? 0 : (outputs[index] ?? 0);
  };
  const reject = of('reject');
  const sum = wornStates.reduce((total, state) => total + of(state), 0);
  // A network that is sure of reject may leave nothing to share out.
  const share = (state: WornState): number => (sum > 0 ? of(state) / sum : 1 / wornStates.length);
  const probabilities = { mask: share('mask'), no_mask: share('no_mask'), incorrect: share('incorrect') };
  const best = wornStates.reduce((a, b) => (probabilities[b] > probabilities[a] ? b : a));
  const { minConfidence, minFaceSide, reject: maxReject } = rule.thresholds;
  const sure =
    sum > 0 && reject <= maxReject && probabilities[best] >= minConfidence && faceSide >= minFaceSide;
  const label: MaskLabel = sure ? best : 'unknown';
  return { label, probabilities, reject };
}
