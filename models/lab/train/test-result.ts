import { wornStates } from '../../mask-classifier.js';
import type { PatchEntry } from '../data/patch-store.js';
import { calibrationOf } from '../evaluate/calibration.js';
import { judge, sizeBuckets } from './judge.js';
import type { Judgement } from './judge.js';

/** Faces with what a model said of them, row by row. */
export interface Predicted {
  readonly entries: readonly PatchEntry[];
  readonly rows: readonly Float32Array[];
}

/** A judgement over some of the faces. */
export interface NamedJudgement {
  readonly name: string;
  readonly judged: Judgement;
}

/** A judgement of the faces that count in the product. */
export interface FoundJudgement {
  readonly judged: Judgement;
  /** Part for which mask or no mask is told rightly, `incorrect` left out of the labels and counted as no mask in answers. */
  readonly twoClassAccuracy: number | null;
  /** Expected calibration error of the largest worn state, renormalised. */
  readonly calibrationError: number | null;
}

/** How a finished model did on its test part. */
export interface TestResult {
  /** Over all outputs, `reject` among them where the model has it. */
  readonly all: Judgement;
  /** Over real faces, by the largest of the worn states. */
  readonly worn: Judgement;
  /** Over the faces of scenes that the detector found, at its boxes. */
  readonly found: FoundJudgement;
  readonly bySize: readonly NamedJudgement[];
  readonly bySource: readonly NamedJudgement[];
}

/** Judges the test part: over all outputs, over worn states, by size of the face, by source. */
export function testResult({ entries, rows }: Predicted, outputs: number): TestResult {
  const states = Math.min(outputs, 3);
  const faces = entries.flatMap((entry, i) => {
    const row = rows[i];
    return entry.label === 'reject' || !row ? [] : [{ entry, row: row.slice(0, states) }];
  });
  const judgeWhere = (fits: (entry: PatchEntry) => boolean): Judgement => {
    const chosen = faces.filter(({ entry }) => fits(entry));
    return judge(
      chosen.map(({ entry }) => entry),
      chosen.map(({ row }) => row),
      states,
    );
  };
  const sources = [...new Set(faces.map(({ entry }) => entry.source))].sort();
  return {
    all: judge(entries, rows, outputs),
    worn: judgeWhere(() => true),
    found: {
      judged: judgeWhere(isFound),
      ...foundFigures(faces.filter(({ entry }) => isFound(entry))),
    },
    bySize: sizeBuckets.map(({ name, from, to }) => ({
      name,
      judged: judgeWhere(({ faceSide }) => faceSide >= from && faceSide < to),
    })),
    bySource: sources.map((name) => ({ name, judged: judgeWhere(({ source }) => source === name) })),
  };
}

/** Faces of scenes are named by picture and number, those of folders by picture alone. */
function isFound({ file, detected }: PatchEntry): boolean {
  return detected && file.includes('#');
}

function foundFigures(
  faces: readonly { readonly entry: PatchEntry; readonly row: Float32Array }[],
): Omit<FoundJudgement, 'judged'> {
  const answers = faces.map(({ entry: { label }, row }) => {
    const best = Math.max(...row);
    const said = wornStates[row.indexOf(best)];
    return { label, said, confidence: best / row.reduce((a, b) => a + b, 0) };
  });
  const plain = answers.filter(({ label }) => label !== 'incorrect');
  const right = plain.filter(({ label, said }) => (label === 'mask') === (said === 'mask'));
  return {
    twoClassAccuracy: plain.length === 0 ? null : right.length / plain.length,
    calibrationError: calibrationOf(
      answers.map(({ label, said, confidence }) => ({ confidence, right: label === said })),
    ).error,
  };
}
