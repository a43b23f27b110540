import { z } from 'zod';
import type { AuditEntry, AuditLog } from '../audit/audit-log.js';
import type { AuditEntryView, AuditPage } from './access-api.js';
import { auditPageSchema } from './access-schemas.js';
import { ok, route, type Route } from './route.js';

const number = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const auditQuery = z.strictObject({
  limit: number.pipe(z.int().min(1).max(500)).default(100),
  after: number.optional(),
  from: number.optional(),
  to: number.optional(),
  actor: z.string().min(1).max(120).optional(),
  camera: z.string().min(1).max(40).optional(),
});

/** The audit log, for admins. */
export function auditRoutes(audit: Pick<AuditLog, 'read'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/audit',
      summary: 'Who did what, the newest first, page by page',
      answer: { status: 200, body: auditPageSchema },
      permission: 'admin',
      audit: true,
      camera: { in: 'query', field: 'camera' },
      query: auditQuery,
      handle: ({ query: { limit, after, camera, ...rest } }) => {
        // One more than asked for tells whether there is another page.
        const found = audit.read({ ...rest, limit: limit + 1, before: after, cameraId: camera });
        const entries = found.slice(0, limit);
        const last = entries.at(-1);
        const more = found.length > limit && last !== undefined;
        const page: AuditPage = {
          entries: entries.map(view),
          ...(more ? { next: String(last.seq) } : {}),
        };
        return ok(page);
      },
    }),
  ];
}

function view(entry: AuditEntry): AuditEntryView {
  const { at, actorKind, actor, action, cameraId, subject, address, status } = entry;
  return {
    at,
    actor: { kind: actorKind, name: actor },
    action,
    ...(cameraId === undefined ? {} : { cameraId }),
    ...(subject === undefined ? {} : { subject }),
    address,
    status,
  };
}
