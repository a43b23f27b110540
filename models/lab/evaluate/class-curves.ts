import { averagePrecision, rankCurve } from './average-precision.js';
import type { Hit } from './average-precision.js';

/** A point of a curve, both coordinates 0..1. */
export interface CurveXY {
  readonly x: number;
  readonly y: number;
}

/** Areas under the curves of a class. */
export interface CurveAreas {
  /** Area under the ROC curve; null where a side is empty. */
  readonly auc: number | null;
  readonly ap: number | null;
}

/** One class against the others, ranked by its probability. */
export interface ClassCurves extends CurveAreas {
  /** False positive rate against recall. */
  readonly roc: readonly CurveXY[];
  /** Recall against precision. */
  readonly precisionRecall: readonly CurveXY[];
}

/** Draws the curves of one class. @param hits the class's probability for each face, and whether it is of the class */
export function classCurves(hits: readonly Hit[]): ClassCurves {
  const positives = hits.filter(({ right }) => right).length;
  const negatives = hits.length - positives;
  const points = rankCurve(hits);
  const roc = [
    { x: 0, y: 0 },
    ...points.map(({ right, wrong }) => ({
      x: wrong / Math.max(1, negatives),
      y: right / Math.max(1, positives),
    })),
  ];
  const auc = roc.slice(1).reduce((sum, point, i) => {
    const before = roc[i] ?? point;
    return sum + (point.x - before.x) * ((point.y + before.y) / 2);
  }, 0);
  return {
    roc,
    precisionRecall: points.map(({ right, wrong }) => ({
      x: right / Math.max(1, positives),
      y: right / (right + wrong),
    })),
    auc: positives > 0 && negatives > 0 ? auc : null,
    ap: averagePrecision(hits, positives),
  };
}
