import { z } from 'zod';

/** Where a page ended: a moment in epoch milliseconds and an id. */
export interface PageCursor {
  readonly at: number;
  readonly id: string;
}

/** Writes a place as opaque text. */
export function formatPageCursor({ at, id }: PageCursor): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/** Reads what `formatPageCursor` wrote; anything else breaks the rule. */
export const pageCursor = z
  .string()
  .max(200)
  .transform((text, context): PageCursor => {
    const found = /^(\d{1,15}) (\S{1,100})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
    if (found?.[1] === undefined || found[2] === undefined) {
      context.addIssue({ code: 'custom', message: 'must be the "next" of an earlier page' });
      return z.NEVER;
    }
    return { at: Number(found[1]), id: found[2] };
  });
