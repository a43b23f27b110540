/** How a figure came out over several measurements. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** @returns the spread of at least one value, to `digits` behind the point; all 0 for none */
export function spreadOf(values: readonly number[], digits = 1): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    min: rounded(sorted[0] ?? 0, digits),
    median: rounded(percentileOf(sorted, 0.5), digits),
    max: rounded(sorted.at(-1) ?? 0, digits),
  };
}

/**
 * The nearest-rank percentile.
 *
 * @param share 0..1
 * @returns 0 for an empty list
 */
export function percentileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}

/** Percentiles 50, 95 and 99, and how many values there were. */
export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** @returns percentiles, rounded to a tenth */
export function percentilesOf(values: readonly number[]): Percentiles {
  return {
    count: values.length,
    p50: rounded(percentileOf(values, 0.5)),
    p95: rounded(percentileOf(values, 0.95)),
    p99: rounded(percentileOf(values, 0.99)),
  };
}

/** To `digits` behind the point. */
export function rounded(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
