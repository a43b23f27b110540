import type { Visit } from '../../../server/realtime/events.js';

/** Visits kept for each camera; older ones are read by REST when asked for. */
export const visitLimit = 100;

/**
 * Joins two lists of visits of one camera: one row for each visit, the later news of it wins.
 *
 * @returns newest first by arrival, at most `visitLimit`
 */
export function mergeVisits(known: readonly Visit[], news: readonly Visit[]): readonly Visit[] {
  const byId = new Map(known.map((visit) => [visit.visitId, visit]));
  for (const visit of news) {
    const older = byId.get(visit.visitId);
    if (!older || isNews(older, visit)) byId.set(visit.visitId, visit);
  }
  return [...byId.values()]
    .sort((a, b) => b.firstSeenAt - a.firstSeenAt || (a.visitId < b.visitId ? -1 : 1))
    .slice(0, visitLimit);
}

/** An ended visit does not come back to life, and time does not run backwards. */
function isNews(older: Visit, visit: Visit): boolean {
  if (older.ended && !visit.ended) return false;
  return visit.lastSeenAt >= older.lastSeenAt;
}
