import type { Zone } from '../http/zone-api.js';
import { addCounts, nobody } from '../ledger/people-counts.js';
import type { PeopleCounts } from '../realtime/events.js';
import { CameraZones } from '../zones/camera-zones.js';
import type { ZoneFlow } from '../zones/zone-change.js';
import type { ReplayedFrame } from './replay-clip.js';

/** What was counted in one zone of a clip, or over one line. */
export type ZoneSeen = { readonly zoneId: string; readonly name: string } & (
  | {
      readonly kind: 'area';
      /** Each person who was inside, once a stay in view. */
      readonly people: PeopleCounts;
    }
  | {
      readonly kind: 'line';
      /** From the left to the right hand, looking from the line's first point to its second. */
      readonly forward: PeopleCounts;
      readonly backward: PeopleCounts;
    }
);

/**
 * Counts the people of a clip by zones and lines, with the rules that cameras are counted with. Pure: the clip's time is the only
 * clock.
 *
 * @param zones areas and lines; privacy areas are left out, since they hide people from the models
 */
export function zonesSeen(frames: Iterable<ReplayedFrame>, zones: readonly Zone[]): ZoneSeen[] {
  const camera = new CameraZones();
  const sums = new Map<string, PeopleCounts>();
  const sum = (zoneId: string, flow: ZoneFlow): PeopleCounts => sums.get(`${flow} ${zoneId}`) ?? nobody;
  camera.draw(zones, { epochMs: 0, monotonicMs: 0 });
  for (const { atMs, width, height, tracks, ended } of frames) {
    const message = {
      ...({ type: 'tracks', cameraId: 'clip', generation: 0, rtpTimestamp: 0, capturedAtMs: atMs } as const),
      ...{ width, height, tracks, ended, timing: { decodeMs: 0, detectMs: 0, classifyMs: 0 } },
    };
    for (const { zoneId, flow, delta } of camera.accept(message, { epochMs: atMs, monotonicMs: atMs })) {
      if (delta.people) sums.set(`${flow} ${zoneId}`, addCounts(sum(zoneId, flow), delta.people));
    }
  }
  return zones.flatMap(({ id, name, kind }): ZoneSeen[] => {
    const zone = { zoneId: id, name };
    if (kind === 'area') return [{ ...zone, kind, people: sum(id, 'entered') }];
    if (kind === 'privacy') return [];
    return [{ ...zone, kind, forward: sum(id, 'forward'), backward: sum(id, 'backward') }];
  });
}
