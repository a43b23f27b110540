import type { PatchEntry } from '../data/patch-store.js';
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

/** How a finished model did on its test part. */
export interface TestResult {
  /** Over all outputs, `reject` among them where the model has it. */
  readonly all: Judgement;
  /** Over real faces, by the largest of the worn states. */
  readonly worn: Judgement;
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
    bySize: sizeBuckets.map(({ name, from, to }) => ({
      name,
      judged: judgeWhere(({ faceSide }) => faceSide >= from && faceSide < to),
    })),
    bySource: sources.map((name) => ({ name, judged: judgeWhere(({ source }) => source === name) })),
  };
}
