import { z } from 'zod';
import type { EventKind, SubscribeRequest } from './events.js';

const kinds = [
  'frame',
  'counts',
  'visit',
  'camera',
  'zones',
  'alert',
] as const satisfies readonly EventKind[];

/** The rules of a `subscribe` request; whatever a client sends is checked against them. */
export const subscribeRequestSchema = z.strictObject({
  cameras: z.union([
    z.literal('*'),
    z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is no camera id')).max(256),
  ]),
  kinds: z.array(z.enum(kinds)).max(kinds.length),
  cursor: z.string().max(64).optional(),
});

/** Reads a request of unknown shape. @returns the request without duplicates, or what is wrong with it */
export function readSubscribeRequest(
  value: unknown,
):
  | { readonly ok: true; readonly request: SubscribeRequest }
  | { readonly ok: false; readonly message: string } {
  const parsed = subscribeRequestSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? '';
    return { ok: false, message: `${where === '' ? 'request' : where}: ${issue?.message ?? 'invalid'}` };
  }
  const { cameras, kinds: wanted, cursor } = parsed.data;
  return {
    ok: true,
    request: {
      cameras: cameras === '*' ? '*' : [...new Set(cameras)],
      kinds: [...new Set(wanted)],
      ...(cursor === undefined ? {} : { cursor }),
    },
  };
}
