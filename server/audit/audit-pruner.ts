import type { AuditLog } from './audit-log.js';

/** How much of the audit log is kept. */
export interface AuditRetention {
  /** Milliseconds: a year. */
  readonly ageMs: number;
  /** Entries: a million. */
  readonly rows: number;
}

/** A year, and a million entries at most. */
export const auditRetention: AuditRetention = { ageMs: 365 * 24 * 3_600_000, rows: 1_000_000 };

const everyMs = 10 * 60_000;
/** Entries deleted in one go; what is left goes the next time. */
const atOnce = 2000;

/**
 * Keeps the audit log within its bounds, a little at a time. The wall clock must have stood past an entry's age for two
 * checks in a row, so that one wrong reading deletes nothing.
 *
 * @param now epoch milliseconds
 * @returns the function that stops it
 */
export function startAuditPruner(
  log: Pick<AuditLog, 'prune'>,
  now: () => number,
  onProblem: (error: unknown) => void,
  retention: AuditRetention = auditRetention,
): () => void {
  let earlier = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => {
    const limit = now() - retention.ageMs;
    try {
      log.prune(Math.min(limit, earlier), retention.rows, atOnce);
    } catch (error) {
      onProblem(error);
    }
    earlier = limit;
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
