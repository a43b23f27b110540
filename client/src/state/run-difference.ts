import { noValue } from '../format/numbers.js';

/** How a figure of a run differs from the first run's. */
export interface RunDifference {
  readonly direction: 'more' | 'less' | 'same';
  /** With its sign, such as "+2" or "−3"; empty where both are the same. */
  readonly text: string;
}

/**
 * Compares a figure with the first run's.
 *
 * @param value undefined or null for no value
 * @param first of the first run, likewise
 * @param write a difference of at least 0 in words
 * @returns undefined where one of them has no value
 */
export function runDifference(
  value: number | null | undefined,
  first: number | null | undefined,
  write: (size: number) => string,
): RunDifference | undefined {
  if (value === undefined || value === null || first === undefined || first === null) return undefined;
  if (value === first) return { direction: 'same', text: '' };
  const size = write(Math.abs(value - first));
  return value > first ? { direction: 'more', text: `+${size}` } : { direction: 'less', text: `−${size}` };
}

/** Milliseconds of a clip as seconds with one decimal; a dash where there is none. */
export function clipSeconds(ms: number | undefined, locale: string): string {
  if (ms === undefined) return noValue;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    ms / 1000,
  );
}
