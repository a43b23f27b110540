import { wornStates } from '../../mask-classifier.js';
import type { Predicted } from './test-result.js';

/** When a classifier should rather say `unknown`, and what that did to the faces it was fitted on. */
export interface UnknownRule {
  /** Least probability of the largest worn state, renormalised. */
  readonly minConfidence: number;
  /** Most probability of `reject`; 1 where the network has no such output. */
  readonly reject: number;
  /** Faces it was fitted on; 0 where there were none and the usual rule stands. */
  readonly faces: number;
  /** Part of them that is called `unknown`. */
  readonly unknown: number;
  /** Part that is right: of all, and of those that are not called `unknown`. */
  readonly accuracy: number;
  readonly accuracyOfKnown: number;
}

/** Part of real faces that may go unanswered for want of sureness, and for looking like no usable face. */
const [mostUnsure, mostRejected] = [0.02, 0.01];
const confidences = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];
const rejects = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Fits the rule on faces that were not trained on: the highest confidence that leaves at most 2 % of the faces unanswered, and
 * the lowest limit of `reject` that turns away at most 1 %.
 */
export function fitUnknownRule({ entries, rows }: Predicted, outputs: number): UnknownRule {
  const answers = entries.flatMap(({ label }, at) => {
    const row = rows[at];
    if (label === 'reject' || row === undefined) return [];
    const worn = [...row].slice(0, Math.min(outputs, wornStates.length));
    const sum = worn.reduce((a, b) => a + b, 0);
    const best = Math.max(...worn);
    const right = wornStates[worn.indexOf(best)] === label;
    return [{ confidence: sum > 0 ? best / sum : 0, reject: row[3] ?? 0, right }];
  });
  const share = (fits: (answer: (typeof answers)[number]) => boolean): number =>
    answers.length === 0 ? 0 : answers.filter(fits).length / answers.length;
  const minConfidence =
    answers.length === 0
      ? 0.6
      : (confidences.findLast((least) => share(({ confidence }) => confidence < least) <= mostUnsure) ?? 0.5);
  const reject =
    answers.length === 0
      ? 0.5
      : (rejects.find((most) => share((answer) => answer.reject > most) <= mostRejected) ?? 0.9);
  const limit = outputs > wornStates.length ? reject : 1;
  const known = answers.filter((answer) => answer.confidence >= minConfidence && answer.reject <= limit);
  return {
    minConfidence,
    reject: limit,
    faces: answers.length,
    unknown: answers.length === 0 ? 0 : 1 - known.length / answers.length,
    accuracy: share(({ right }) => right),
    accuracyOfKnown: known.length === 0 ? 0 : known.filter(({ right }) => right).length / known.length,
  };
}
