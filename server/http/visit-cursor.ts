import type { Visit } from '../realtime/events.js';
import { formatPageCursor, pageCursor } from './page-cursor.js';

/** Where a page of visits ended. */
export type VisitCursor = Pick<Visit, 'firstSeenAt' | 'visitId'>;

/** Writes the place after a visit as opaque text. */
export function formatVisitCursor({ firstSeenAt, visitId }: VisitCursor): string {
  return formatPageCursor({ at: firstSeenAt, id: visitId });
}

/** Reads what `formatVisitCursor` wrote; anything else breaks the rule. */
export const visitCursor = pageCursor.transform(({ at, id }): VisitCursor => ({
  firstSeenAt: at,
  visitId: id,
}));
