import type { ReadVisitor } from '../access/visitor.js';
import type { RecordRequest } from '../http/record-request.js';
import type { AuditLog } from './audit-log.js';

/** Fields of an address that name what a request was about. Others, such as the id of a stream, are nobody's business. */
const telling = ['id', 'name'] as const;

/**
 * Makes what writes answered requests into the audit log: who, which route, which camera, what, from where, and the status.
 * Neither bodies nor query strings are kept: they may hold secrets.
 *
 * @param now epoch milliseconds
 */
export function recordAnswers(
  log: Pick<AuditLog, 'record'>,
  visitorOf: ReadVisitor,
  now: () => number,
): RecordRequest {
  return ({ caller, entry, request, params, status, subject }) => {
    const { camera } = entry;
    const cameraId: unknown =
      camera === undefined ? undefined : { params, query: request.query }[camera.in][camera.field];
    const named: unknown = telling
      .filter((field) => camera?.in !== 'params' || camera.field !== field)
      .map((field) => params[field])
      .find((value) => value !== undefined);
    log.record({
      at: now(),
      actorKind: caller.kind,
      actor: caller.name,
      action: `${entry.method.toUpperCase()} ${entry.path}`,
      ...(typeof cameraId === 'string' ? { cameraId } : {}),
      subject: subject ?? (typeof named === 'string' ? named : undefined),
      address: visitorOf(request).address,
      status,
    });
  };
}
