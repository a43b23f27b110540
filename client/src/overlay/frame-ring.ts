import type { FrameEvent } from '../../../server/realtime/events.js';
import { rtpDifference, ticksPerMs } from './rtp-time.js';

/** A jump this long is another clock (the source was started anew), not a late frame. */
const restartTicks = 30_000 * ticksPerMs;

/** The analysed frames on both sides of a moment. */
export interface Neighbours {
  /** The newest one at or before the moment. */
  readonly before?: FrameEvent;
  /** The one before `before`: tells how fast a box was moving. */
  readonly previous?: FrameEvent;
  /** The oldest one after the moment. */
  readonly after?: FrameEvent;
}

/** The last analysed frames of one camera in the order of their RTP timestamps; bounded, the oldest go first. */
export class FrameRing {
  readonly #capacity: number;
  #frames: FrameEvent[] = [];

  /** @param capacity frames to keep, at least 2 */
  constructor(capacity = 64) {
    if (!Number.isInteger(capacity) || capacity < 2) {
      throw new RangeError(`capacity must be an integer of at least 2, not ${capacity}`);
    }
    this.#capacity = capacity;
  }

  /** Frames held now. */
  get size(): number {
    return this.#frames.length;
  }

  /** The frame with the newest timestamp. */
  get newest(): FrameEvent | undefined {
    return this.#frames.at(-1);
  }

  /** Takes a frame over; one with a timestamp already held replaces the older copy. */
  push(frame: FrameEvent): void {
    const newest = this.newest;
    if (newest && Math.abs(rtpDifference(frame.rtpTimestamp, newest.rtpTimestamp)) > restartTicks) {
      this.#frames = [];
    }
    const at = this.#placeOf(frame.rtpTimestamp);
    const replaced = this.#frames[at - 1]?.rtpTimestamp === frame.rtpTimestamp;
    this.#frames.splice(replaced ? at - 1 : at, replaced ? 1 : 0, frame);
    if (this.#frames.length > this.#capacity) this.#frames.shift();
  }

  /** @param rtpTimestamp uint32 of the picture on screen */
  around(rtpTimestamp: number): Neighbours {
    const at = this.#placeOf(rtpTimestamp);
    const before = this.#frames[at - 1];
    const previous = this.#frames[at - 2];
    const after = this.#frames[at];
    return { ...(before && { before }), ...(previous && { previous }), ...(after && { after }) };
  }

  /** Forgets all frames. */
  clear(): void {
    this.#frames = [];
  }

  /** Index of the first frame later than the timestamp; searched from the new end, where it nearly always is. */
  #placeOf(rtpTimestamp: number): number {
    let at = this.#frames.length;
    while (at > 0) {
      const frame = this.#frames[at - 1];
      if (frame && rtpDifference(frame.rtpTimestamp, rtpTimestamp) <= 0) break;
      at -= 1;
    }
    return at;
  }
}
