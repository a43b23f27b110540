import type { Track, TracksMessage } from '../analysis/messages.js';
import type { PeopleCounts } from '../realtime/events.js';
import type { Zone } from '../http/zone-api.js';
import { minuteOf, type Moment } from '../ledger/ledger-change.js';
import { AreaWatch } from './area-watch.js';
import { CrossingWatch } from './crossing-watch.js';
import { type Point, staysInside } from './geometry.js';
import type { ZoneChange } from './zone-change.js';

/** The name of the whole picture, which is watched as if it were an area; no zone can have it. */
export const wholePicture = '';

/** How far beyond an outline or a line somebody must be to be elsewhere, as a share of the picture's height. */
const marginShare = 0.012;
/** A hole between two frames counts as watched up to this long, as in the ledger. */
const longestFrameGapMs = 6000;
/** Somebody who is not seen for this long in a picture that is watched is no longer inside, whatever the tracker hopes. */
const unseenAfterMs = 3000;
/** Without a frame for this long nobody is inside any more, as far as anyone can tell. */
const staleAfterMs = 10_000;

interface Area {
  /** Undefined for the whole picture. */
  readonly zone: Zone | undefined;
  readonly watch: AreaWatch;
}

interface Line {
  readonly zone: Zone;
  readonly watch: CrossingWatch;
}

/** The zones of one camera: turns tracks into counts of areas and lines. Pure: no clock, no storage. */
export class CameraZones {
  #areas: readonly Area[] = [{ zone: undefined, watch: new AreaWatch(wholePicture) }];
  #lines: readonly Line[] = [];
  /** When each person was last seen, in monotonic milliseconds. */
  readonly #seen = new Map<string, number>();
  #generation = -1;
  #lastFrameMs: number | undefined;

  /** Draws other zones: those with an id and a kind as before keep their people, whatever their shape. */
  draw(zones: readonly Zone[], now: Moment): ZoneChange[] {
    const [areas, lines] = [this.#areas, this.#lines];
    const drawn = (kind: Zone['kind']) => zones.filter((zone) => zone.kind === kind);
    this.#areas = [
      ...areas.filter(({ zone }) => zone === undefined),
      ...drawn('area').map((zone) => ({
        zone,
        watch: areas.find(({ watch }) => watch.zoneId === zone.id)?.watch ?? new AreaWatch(zone.id),
      })),
    ];
    this.#lines = drawn('line').map((zone) => ({
      zone,
      watch: lines.find(({ watch }) => watch.zoneId === zone.id)?.watch ?? new CrossingWatch(zone.id),
    }));
    const gone = areas.filter(({ watch }) => !this.#areas.some((area) => area.watch === watch));
    return gone.flatMap(({ watch }) => watch.leaveAll(now));
  }

  /** True while frames come. */
  get watched(): boolean {
    return this.#lastFrameMs !== undefined;
  }

  /** People inside an area now; `wholePicture` for all. */
  inside(zoneId: string): PeopleCounts | undefined {
    return this.#area(zoneId)?.inside();
  }

  /** People inside an area now or since a moment. @param sinceMs monotonic milliseconds */
  insideSince(zoneId: string, sinceMs: number): PeopleCounts | undefined {
    return this.#area(zoneId)?.insideSince(sinceMs);
  }

  /** Takes in one analysed frame. Frames of an older life of the camera are ignored. */
  accept(message: TracksMessage, now: Moment): ZoneChange[] {
    if (message.generation < this.#generation) return [];
    const changes: ZoneChange[] = [];
    if (message.generation > this.#generation) {
      changes.push(...this.interrupt(now));
      this.#generation = message.generation;
    }
    const last = this.#lastFrameMs ?? message.capturedAtMs;
    const atMs = Math.max(last, message.capturedAtMs);
    this.#lastFrameMs = atMs;
    const watchedMs = Math.min(longestFrameGapMs, Math.round(atMs - last));
    for (const { watch } of this.#areas) changes.push(...watch.watch(watchedMs, now));
    if (watchedMs > 0) {
      const minuteAt = minuteOf(now.epochMs);
      for (const { watch } of this.#lines) {
        // The same time for both directions, so that each row tells its own rate.
        for (const flow of ['forward', 'backward'] as const) {
          changes.push({ zoneId: watch.zoneId, flow, minuteAt, delta: { watchedMs } });
        }
      }
    }
    for (const track of message.tracks) changes.push(...this.#see(track, message, atMs, now));
    for (const track of message.ended) changes.push(...this.#end(track, now));
    for (const [trackId, seenMs] of this.#seen) {
      if (atMs - seenMs > unseenAfterMs) changes.push(...this.#gone(trackId, now));
    }
    return changes;
  }

  /** Nobody can be seen any more: the analysis stopped, or the camera is gone. */
  interrupt(now: Moment): ZoneChange[] {
    this.#lastFrameMs = undefined;
    return [...this.#seen.keys()].flatMap((trackId) => this.#gone(trackId, now));
  }

  /** The same when no frame came for long. */
  endStale(now: Moment): ZoneChange[] {
    if (this.#lastFrameMs === undefined || now.monotonicMs - this.#lastFrameMs < staleAfterMs) return [];
    return this.interrupt(now);
  }

  #see(track: Track, { width, height }: TracksMessage, atMs: number, now: Moment): ZoneChange[] {
    if (!track.confirmed || width <= 0 || height <= 0) return [];
    const passer = { trackId: track.trackId, state: track.label };
    this.#seen.set(track.trackId, atMs);
    // One unit is the picture's height in both directions, so that a margin is the same length everywhere.
    const aspect = width / height;
    const stretched = ({ x, y }: Point): Point => ({ x: x * aspect, y });
    const changes: ZoneChange[] = [];
    for (const { zone, watch } of this.#areas) {
      const inside =
        zone === undefined ||
        staysInside(
          zone.points.map(stretched),
          anchorOf(track, zone, height),
          watch.holds(track.trackId),
          marginShare,
        );
      changes.push(
        ...(inside
          ? watch.see(passer, atMs, now)
          : [...watch.correct(passer), ...watch.leave(track.trackId, now)]),
      );
    }
    for (const { zone, watch } of this.#lines) {
      const [a, b] = zone.points;
      if (a === undefined || b === undefined) continue;
      const at = anchorOf(track, zone, height);
      const step = { ends: [stretched(a), stretched(b)] as const, at, margin: marginShare };
      changes.push(...watch.see(passer, step, now));
    }
    return changes;
  }

  #end(track: Track, now: Moment): ZoneChange[] {
    if (!track.confirmed) return [];
    const passer = { trackId: track.trackId, state: track.label };
    const corrections = [...this.#areas, ...this.#lines].flatMap(({ watch }) => watch.correct(passer));
    return [...corrections, ...this.#gone(track.trackId, now)];
  }

  #gone(trackId: string, now: Moment): ZoneChange[] {
    this.#seen.delete(trackId);
    for (const { watch } of this.#lines) watch.leave(trackId);
    return this.#areas.flatMap(({ watch }) => watch.leave(trackId, now));
  }

  #area(zoneId: string): AreaWatch | undefined {
    return this.#areas.find(({ watch }) => watch.zoneId === zoneId)?.watch;
  }
}

/** Where a person stands for a zone, in heights of the picture. */
function anchorOf({ box }: Track, zone: Zone, height: number): Point {
  const y = zone.anchor === 'bottom' ? box.y + box.height : box.y + box.height / 2;
  return { x: (box.x + box.width / 2) / height, y: y / height };
}
