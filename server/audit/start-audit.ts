import type { Closable } from '../close-stack.js';
import type { Database } from '../storage/open-database.js';
import { type AuditLog, createAuditLog } from './audit-log.js';
import { startAuditPruner } from './audit-pruner.js';

/**
 * The audit log of a server, kept within its bounds until it is closed.
 *
 * @param now epoch milliseconds
 * @param onProblem told of what could not be written
 */
export function startAudit(
  db: Database,
  now: () => number,
  onProblem: (error: unknown) => void,
): AuditLog & Closable {
  const log = createAuditLog(db, onProblem);
  return { ...log, close: startAuditPruner(log, now, onProblem) };
}
