import { z } from 'zod';
import type { Visit } from '../realtime/events.js';

/** Where a page of visits ended. */
export type VisitCursor = Pick<Visit, 'firstSeenAt' | 'visitId'>;

/** Writes the place after a visit as opaque text. */
export function formatVisitCursor({ firstSeenAt, visitId }: VisitCursor): string {
  return Buffer.from(`${firstSeenAt} ${visitId}`).toString('base64url');
}

/** Reads what `formatVisitCursor` wrote; anything else breaks the rule. */
export const visitCursor = z
  .string()
  .max(200)
  .transform((text, context): VisitCursor => {
    const found = /^(\d{1,15}) (\S{1,100})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
    if (found?.[1] === undefined || found[2] === undefined) {
      context.addIssue({ code: 'custom', message: 'must be the "next" of an earlier page' });
      return z.NEVER;
    }
    return { firstSeenAt: Number(found[1]), visitId: found[2] };
  });
