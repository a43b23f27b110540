import { nobody } from '../ledger/people-counts.js';
import type { CameraView } from '../realtime/events.js';
import { wholePicture } from '../zones/camera-zones.js';
import type { ZoneDesk } from '../zones/zone-desk.js';
import type { Place } from './reading.js';

/** Knows how long each camera has been without video, and who is in its zones. */
export class Places {
  readonly #zones: Pick<ZoneDesk, 'book'>;
  readonly #clock: () => number;
  /** Since when a camera has had no video, in monotonic milliseconds. */
  readonly #down = new Map<string, number>();

  /** @param clock monotonic milliseconds */
  constructor(zones: Pick<ZoneDesk, 'book'>, clock: () => number) {
    this.#zones = zones;
    this.#clock = clock;
  }

  /** What is known of a zone of a camera; of the whole picture without one. */
  of(camera: CameraView, zoneId: string | undefined): Place {
    const nowMs = this.#clock();
    const downSeconds = this.#downSeconds(camera, nowMs);
    const people = this.#zones.book(camera.id)?.people;
    const now = people?.watched === true ? people.inside(zoneId ?? wholePicture) : undefined;
    if (people === undefined || now === undefined) return { downSeconds };
    return {
      downSeconds,
      people: {
        now,
        ofLast: (seconds) => people.insideSince(zoneId ?? wholePicture, nowMs - seconds * 1000) ?? nobody,
      },
    };
  }

  #downSeconds(camera: CameraView, nowMs: number): number {
    const { state } = camera.status;
    // Nobody misses a camera that is switched off, nor a webcam that no browser sends.
    const meant = camera.enabled && !(camera.kind === 'webcam' && state === 'stopped');
    if (!meant || state === 'live') {
      this.#down.delete(camera.id);
      return 0;
    }
    const since = this.#down.get(camera.id) ?? nowMs;
    this.#down.set(camera.id, since);
    // Never 0, which means that all is well.
    return Math.max(0.001, (nowMs - since) / 1000);
  }
}
