import type { FrameEvent } from '../../../server/realtime/events.js';
import { boxesAt, type Basis, type PictureBoxes } from './boxes-at.js';
import { boxOfFace } from './drawn-box.js';
import { FrameRing } from './frame-ring.js';
import { rtpDifference, ticksPerMs } from './rtp-time.js';

/** How well the boxes sat on the pictures since the page was opened; they only grow. */
export interface OverlayCounters extends Readonly<Record<Basis, number>> {
  /** Pictures the browser put on screen; the sum of the four bases. */
  readonly presented: number;
  /** Analysed frames that came from the server. */
  readonly received: number;
  /** Analysed frames that came after a later picture was already on screen. */
  readonly late: number;
}

/** A presented picture and the boxes that were drawn on it. */
export interface PresentedPicture extends PictureBoxes {
  readonly rtpTimestamp: number;
  /** How much older the analysed picture is that the boxes come from, in milliseconds; 0 where they are of this one. */
  readonly trailingMs: number;
}

/** Boxes without a timestamp to match are shown for this long after they came. */
const newestLivesMs = 1000;
/** Frames whose latency is remembered: a few seconds' worth. */
const latencyWindow = 30;
/** Pictures whose lag is remembered: two to four seconds' worth. */
const trailingWindow = 60;

/** The analysed frames of one camera, and the account of how they met the pictures on screen. */
export class OverlayTimeline {
  readonly #ring = new FrameRing();
  #counters = { presented: 0, received: 0, late: 0, exact: 0, interpolated: 0, extrapolated: 0, none: 0 };
  #last: PresentedPicture | undefined;
  #newestAtMs = -Infinity;
  #latencies: number[] = [];
  #trailing: number[] = [];

  /** The account so far. */
  get counters(): OverlayCounters {
    return { ...this.#counters };
  }

  /** The last picture that was presented, with its boxes. */
  get last(): PresentedPicture | undefined {
    return this.#last;
  }

  /** What analysis took for nine of ten of the last frames, in milliseconds; undefined before there were enough. */
  get latencyMs(): number | undefined {
    if (this.#latencies.length < latencyWindow / 2) return undefined;
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.9)];
  }

  /** How far the boxes trailed behind nineteen of twenty of the last pictures, in milliseconds; 0 where they sit on their own. */
  get trailingMs(): number {
    const sorted = [...this.#trailing].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  }

  /**
   * Takes an analysed frame over; the caller may acknowledge it at once, for the ring behind this is bounded.
   *
   * @param nowMs when it came, on any steady clock
   */
  take(frame: FrameEvent, nowMs: number): void {
    this.#counters.received += 1;
    if (this.#last && rtpDifference(this.#last.rtpTimestamp, frame.rtpTimestamp) > 0)
      this.#counters.late += 1;
    this.#ring.push(frame);
    this.#latencies.push(frame.latencyMs);
    if (this.#latencies.length > latencyWindow) this.#latencies.shift();
    this.#newestAtMs = nowMs;
  }

  /** The boxes of the picture that is going on screen now; counts it. */
  present(rtpTimestamp: number): PictureBoxes {
    const around = this.#ring.around(rtpTimestamp);
    const found = boxesAt(around, rtpTimestamp);
    const guessed = found.basis === 'extrapolated' && around.before !== undefined;
    const trailingMs = guessed ? rtpDifference(rtpTimestamp, around.before.rtpTimestamp) / ticksPerMs : 0;
    this.#trailing.push(trailingMs);
    if (this.#trailing.length > trailingWindow) this.#trailing.shift();
    this.#counters.presented += 1;
    this.#counters[found.basis] += 1;
    this.#last = { rtpTimestamp, trailingMs, ...found };
    return found;
  }

  /** The newest boxes, for browsers that do not tell which picture is on screen; empty when they are old. */
  newest(nowMs: number): PictureBoxes {
    const frame = this.#ring.newest;
    if (!frame || nowMs - this.#newestAtMs > newestLivesMs) return { basis: 'none', boxes: [] };
    return { basis: 'extrapolated', boxes: frame.faces.map((face) => boxOfFace(frame, face)) };
  }

  /** Forgets the frames but not the account; for a video that starts anew. */
  clear(): void {
    this.#ring.clear();
    this.#last = undefined;
    this.#trailing = [];
  }
}
