import type { IncomingMessage } from 'node:http';
import type { Caller } from '../access/caller.js';
import type { ReadVisitor } from '../access/visitor.js';
import type { TellViews, ViewFollowed } from '../realtime/view-followed.js';
import type { AuditLog } from './audit-log.js';

/** Views that are remembered for a connection, so that none is written down twice; beyond them all are forgotten. */
const mostRemembered = 64;

/**
 * Makes what writes into the audit log that somebody begins to follow cameras over a socket: once for each connection and set
 * of cameras and kinds, however often it is asked for, and nothing for the events that follow.
 *
 * @param now epoch milliseconds
 */
export function recordViews(
  log: Pick<AuditLog, 'record'>,
  visitorOf: ReadVisitor,
  now: () => number,
): TellViews {
  return (caller: Caller, request: IncomingMessage) => {
    const { address } = visitorOf(request);
    const told = new Set<string>();
    return (view) => {
      const { cameras, kinds } = view;
      const subject = subjectOf(view);
      if (kinds.length === 0 || cameras.length === 0 || told.has(subject)) return;
      if (told.size === mostRemembered) told.clear();
      told.add(subject);
      log.record({
        at: now(),
        actorKind: caller.kind,
        actor: caller.name,
        action: 'subscribe',
        cameraId: cameras !== '*' && cameras.length === 1 ? cameras[0] : undefined,
        subject,
        address,
        status: 200,
      });
    };
  };
}

/** `counts, frame of all cameras`: the same words for the same view, in whatever order it is asked for. */
function subjectOf({ cameras, kinds }: ViewFollowed): string {
  const whose = cameras === '*' ? 'all cameras' : [...cameras].sort().join(', ');
  return `${[...kinds].sort().join(', ')} of ${whose}`;
}
