import type { EventLog } from './event-log.js';

/** How long the log of events is kept; the defaults suit a server. */
export interface EventPrunerOptions {
  /** Milliseconds: 24 h. */
  readonly maxAgeMs?: number;
  /** Newest events kept: 200000. */
  readonly maxRows?: number;
  /** Milliseconds between two steps: 5000. */
  readonly everyMs?: number;
  /** Rows deleted in one step: 1000, a few milliseconds. */
  readonly step?: number;
  readonly onProblem?: (error: unknown) => void;
}

/**
 * Keeps the log within its bounds, in small steps. The wall clock must have stood past an event's age for two checks
 * in a row, so that one wrong reading deletes nothing.
 *
 * @param now epoch milliseconds
 * @returns the function that stops it; idempotent
 */
export function startEventPruner(
  log: EventLog,
  now: () => number,
  options: EventPrunerOptions = {},
): () => void {
  const { maxAgeMs = 24 * 3_600_000, maxRows = 200_000, everyMs = 5000, step = 1000, onProblem } = options;
  let earlier = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => {
    const limit = now() - maxAgeMs;
    try {
      log.prune(Math.min(limit, earlier), maxRows, step);
    } catch (error) {
      onProblem?.(error);
    }
    earlier = limit;
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
