/** What a figure should be, and what it was. */
export interface Target {
  readonly id: string;
  /** In words: "at most 20 ms". */
  readonly target: string;
  /** Nothing where it could not be measured, which is no pass. */
  readonly reached: number | null;
  readonly pass: boolean;
}

/** A target that could not be measured: it counts as missed. */
export function notMeasured(id: string, target: string): Target {
  return { id, target, reached: null, pass: false };
}

/** What was reached, in words. */
export function reachedText({ reached }: Target): string {
  return reached === null ? 'not measured' : String(reached);
}

/** A figure that must not be above a limit. */
export function atMost(id: string, limit: number, reached: number, unit: string): Target {
  return { id, target: `at most ${limit} ${unit}`, reached, pass: reached <= limit };
}

/** A figure that must not be below a limit. */
export function atLeast(id: string, limit: number, reached: number, unit: string): Target {
  return { id, target: `at least ${limit} ${unit}`, reached, pass: reached >= limit };
}

/** A figure that must be above another one. */
export function above(id: string, limit: number, reached: number, what: string): Target {
  return { id, target: `above ${limit} (${what})`, reached, pass: reached > limit };
}
