import type { PatchEntry } from '../data/patch-store.js';
import { confusionFigures, confusionOf } from '../evaluate/confusion.js';
import type { Confusion, ConfusionFigures } from '../evaluate/confusion.js';
import { classesOf, outputOf } from '../lab-class.js';

/** How a model did on faces of known label. */
export interface Judgement extends ConfusionFigures {
  /** Mean cross-entropy. */
  readonly loss: number;
  readonly confusion: Confusion;
}

/** Face sizes that results are told by: long side in pixels of the picture. */
export const sizeBuckets = [
  { name: 'under 24 px', from: 0, to: 24 },
  { name: '24-48 px', from: 24, to: 48 },
  { name: '48-96 px', from: 48, to: 96 },
  { name: '96 px and more', from: 96, to: Infinity },
] as const;

/** Judges predictions; faces that the model has no output for are left out. */
export function judge(
  entries: readonly PatchEntry[],
  rows: readonly Float32Array[],
  outputs: number,
): Judgement {
  let lossSum = 0;
  const pairs: [number, number][] = [];
  entries.forEach((entry, i) => {
    const row = rows[i];
    const truth = outputOf(entry.label, outputs);
    if (!row || truth < 0) return;
    lossSum -= Math.log(Math.max(row[truth] ?? 0, 1e-7));
    pairs.push([truth, row.indexOf(Math.max(...row))]);
  });
  const confusion = confusionOf(classesOf(outputs), pairs);
  return { ...confusionFigures(confusion), confusion, loss: pairs.length > 0 ? lossSum / pairs.length : 0 };
}
