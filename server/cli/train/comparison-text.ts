import type { TestResult } from '../../../models/lab/train/test-result.js';

type Judgement = TestResult['worn'];

/** Two classifiers on the same held-out faces, side by side. */
export function comparisonText(
  old: { readonly name: string; readonly test: TestResult },
  next: { readonly name: string; readonly test: TestResult },
): string {
  const judged = [old.test.worn, next.test.worn] as const;
  const states = Object.keys(next.test.worn.recall);
  const rows: readonly (readonly [string, (of: Judgement) => number | null])[] = [
    ['macro recall', (of) => of.macroRecall],
    ['accuracy', (of) => of.accuracy],
    ['macro F1', (of) => of.macroF1],
    ...states.map((state) => [`recall ${state}`, (of: Judgement) => of.recall[state] ?? null] as const),
  ];
  const lines = [
    ['', old.name, next.name, 'change'],
    ...rows.map(([term, figure]) => {
      const [before, after] = judged.map(figure);
      return [term, percent(before), percent(after), change(before, after)];
    }),
  ];
  const widths = [0, 1, 2, 3].map((n) => Math.max(...lines.map((line) => line[n]?.length ?? 0)));
  const table = lines.map((line) =>
    line.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
  );
  return [`On the same ${judged[1].faces} held-out faces:`, '', ...table, ''].join('\n');
}

function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : `${(100 * value).toFixed(1)} %`;
}

function change(before: number | null | undefined, after: number | null | undefined): string {
  if (typeof before !== 'number' || typeof after !== 'number') return '-';
  const points = 100 * (after - before);
  return `${points < 0 ? '' : '+'}${points.toFixed(1)}`;
}
