/** Counts of true against predicted class: `counts[truth][predicted]`. */
export interface Confusion {
  readonly classes: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** What a confusion matrix comes to. A figure is null where it has nothing to stand on. */
export interface ConfusionFigures {
  readonly faces: number;
  readonly accuracy: number | null;
  readonly recall: Readonly<Record<string, number | null>>;
  readonly precision: Readonly<Record<string, number | null>>;
  readonly f1: Readonly<Record<string, number | null>>;
  /** Mean over the classes that have faces. */
  readonly macroRecall: number | null;
  readonly macroF1: number | null;
}

/**
 * Counts pairs of class numbers.
 * @param extra columns for answers that are no class, for example `unknown`
 */
export function confusionOf(
  classes: readonly string[],
  pairs: Iterable<readonly [truth: number, predicted: number]>,
  extra: readonly string[] = [],
): Confusion {
  const columns = [...classes, ...extra];
  const counts = classes.map(() => columns.map(() => 0));
  for (const [truth, predicted] of pairs) {
    const row = counts[truth];
    if (row?.[predicted] === undefined) throw new RangeError(`no cell for ${truth}, ${predicted}`);
    row[predicted]++;
  }
  return { classes: columns, counts };
}

/** Recall, precision and F1 by class. */
export function confusionFigures({ classes: columns, counts }: Confusion): ConfusionFigures {
  const classes = columns.slice(0, counts.length);
  const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
  const rows = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const predicted = classes.map((_, c) => counts.reduce((sum, row) => sum + (row[c] ?? 0), 0));
  const right = classes.map((_, c) => counts[c]?.[c] ?? 0);
  const faces = rows.reduce((a, b) => a + b, 0);
  const byClass = (value: (c: number) => number | null): Record<string, number | null> =>
    Object.fromEntries(classes.map((name, c) => [name, value(c)]));
  const recall = byClass((c) => ratio(right[c] ?? 0, rows[c] ?? 0));
  const precision = byClass((c) => ratio(right[c] ?? 0, predicted[c] ?? 0));
  const f1 = byClass((c) =>
    (rows[c] ?? 0) > 0 ? (2 * (right[c] ?? 0)) / ((rows[c] ?? 0) + (predicted[c] ?? 0)) : null,
  );
  return {
    faces,
    accuracy: ratio(
      right.reduce((a, b) => a + b, 0),
      faces,
    ),
    recall,
    precision,
    f1,
    macroRecall: mean(Object.values(recall)),
    macroF1: mean(Object.values(f1)),
  };
}

/** Mean of the values that there are; null where there are none. */
export function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : null;
}
