import type { CameraView, CountsEvent, PeopleCounts, Visit } from '../../../server/realtime/events.js';
import { complianceOf, nobody } from '../../../client/src/state/people.js';

/** A live camera. */
export function camera(id: string, part: Partial<CameraView> = {}): CameraView {
  return {
    id,
    name: id,
    kind: 'rtsp',
    address: `rtsp://10.0.0.1/${id}`,
    enabled: true,
    demo: false,
    transport: 'tcp',
    loop: false,
    fps: 10,
    status: { state: 'live', reason: '', reconnects: 0 },
    ...part,
  };
}

/** Counts with the compliance that follows from them. */
export function counts(
  cameraId: string,
  at: number,
  inView: Partial<PeopleCounts>,
  today: Partial<PeopleCounts> = inView,
): CountsEvent {
  const now = { ...nobody, ...inView };
  const all = { ...nobody, ...today };
  return {
    v: 1,
    cursor: `c${at}`,
    at,
    cameraId,
    inView: now,
    today: all,
    complianceNow: complianceOf(now),
    complianceToday: complianceOf(all),
  };
}

/** A visit that is still going on. */
export function visit(visitId: string, firstSeenAt: number, part: Partial<Visit> = {}): Visit {
  return {
    visitId,
    cameraId: 'door',
    firstSeenAt,
    lastSeenAt: firstSeenAt,
    state: 'mask',
    confidence: 0.9,
    changes: 0,
    ended: false,
    ...part,
  };
}
