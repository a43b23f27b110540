import type { CountsHistory } from '../../../server/http/api.js';

/** How far back a history looks. */
export const spans = ['hour', 'day', 'week', 'month', 'year'] as const;
/** One of them. */
export type Span = (typeof spans)[number];

/** What one row of a history stands for. */
export type Step = CountsHistory['bucket'];

const hourMs = 3_600_000;
/** Length of a step; days may be an hour longer. */
export const stepMs: Readonly<Record<Step, number>> = { minute: 60_000, hour: hourMs, day: 24 * hourMs };

const spanMs: Readonly<Record<Span, number>> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
  year: 365 * 24 * hourMs,
};

/** Steps that a span may be read by, the usual one first: none is so short that nobody could read the rows, or get them at once. */
export const stepsOf: Readonly<Record<Span, readonly [Step, ...Step[]]>> = {
  hour: ['minute'],
  day: ['hour', 'minute'],
  week: ['hour', 'day'],
  month: ['day', 'hour'],
  year: ['day'],
};

/** The step that a span is read by: the wanted one where it fits. */
export function stepOf(span: Span, wanted: Step | undefined): Step {
  return stepsOf[span].find((step) => step === wanted) ?? stepsOf[span][0];
}

/** What to ask the server for. @param now epoch milliseconds */
export function spanQuery(span: Span, step: Step, now: number): { from: number; to: number; bucket: Step } {
  return { from: now - spanMs[span], to: now, bucket: step };
}
