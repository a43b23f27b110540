import type { CameraView, CountsEvent, PeopleCounts } from '../../../server/realtime/events.js';
import { addPeople, complianceOf, nobody } from './people.js';

/** The figures over all cameras. */
export interface Kpis {
  /** Confirmed people in view of the cameras that are live now. */
  readonly inView: PeopleCounts;
  /** People seen today by all cameras. */
  readonly today: PeopleCounts;
  /** 0..1, or null where nobody has a decided state. */
  readonly complianceNow: number | null;
  readonly complianceToday: number | null;
  readonly camerasLive: number;
  readonly camerasTotal: number;
}

/**
 * Sums the newest counts of all cameras. What a camera saw last before it went down is not "now", so only live
 * cameras add to the figures of this moment.
 */
export function sumKpis(cameras: Iterable<CameraView>, counts: ReadonlyMap<string, CountsEvent>): Kpis {
  let inView = nobody;
  let today = nobody;
  let camerasLive = 0;
  let camerasTotal = 0;
  for (const camera of cameras) {
    const newest = counts.get(camera.id);
    const live = camera.status.state === 'live';
    camerasTotal += 1;
    if (live) camerasLive += 1;
    if (newest && live) inView = addPeople(inView, newest.inView);
    if (newest) today = addPeople(today, newest.today);
  }
  return {
    inView,
    today,
    complianceNow: complianceOf(inView),
    complianceToday: complianceOf(today),
    camerasLive,
    camerasTotal,
  };
}
