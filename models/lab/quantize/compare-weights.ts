import { loadClassifier } from '../../classify/weights-classifier.js';
import type { Engine } from '../../engine/engine.js';
import type { LabelledPicture } from '../data/labelled-folder.js';
import { classifyLabelled, reportFaces } from '../evaluate/evaluate-faces.js';
import type { StoredWeights } from './quantize-weights.js';

/** Labelled faces to compare on. */
export interface ComparisonFaces {
  readonly root: string;
  readonly pictures: readonly LabelledPicture[];
}

/** One row of the comparison; figures are null where no faces were given. */
export interface WeightsRow extends StoredWeights {
  /** Size as a part of the first row's. */
  readonly share: number;
  readonly faces: number;
  readonly accuracy: number | null;
  readonly macroRecall: number | null;
  /** What the first row has more of it, in parts of 1; negative where this row is better. */
  readonly accuracyLost: number | null;
  readonly macroRecallLost: number | null;
}

/**
 * Sets weights side by side: sizes, and what each loses on labelled faces against the first.
 *
 * @param stored the weights to compare with, then the others
 * @throws WeightsError for a weights folder that cannot be used
 */
export async function compareWeights(
  engine: Engine,
  stored: readonly StoredWeights[],
  faces: ComparisonFaces | null,
): Promise<WeightsRow[]> {
  const rows: WeightsRow[] = [];
  for (const one of stored) {
    const figures = await figuresOf(engine, one.folder, faces);
    const first = rows[0] ?? { ...one, ...figures };
    rows.push({
      ...one,
      ...figures,
      share: one.bytes / first.bytes,
      accuracyLost: difference(first.accuracy, figures.accuracy),
      macroRecallLost: difference(first.macroRecall, figures.macroRecall),
    });
  }
  return rows;
}

async function figuresOf(
  engine: Engine,
  folder: string,
  faces: ComparisonFaces | null,
): Promise<Pick<WeightsRow, 'faces' | 'accuracy' | 'macroRecall'>> {
  if (faces === null) return { faces: 0, accuracy: null, macroRecall: null };
  const classifier = await loadClassifier(engine, folder);
  try {
    const judged = await classifyLabelled(classifier, faces.root, faces.pictures);
    const { faces: count, accuracy, macroRecall } = reportFaces(judged.faces);
    return { faces: count, accuracy, macroRecall };
  } finally {
    classifier.close();
  }
}

function difference(first: number | null, other: number | null): number | null {
  return first === null || other === null ? null : first - other;
}
