import type { FrameEvent } from './events.js';

/** Frames of one camera that one client may have unacknowledged. */
export const framesInFlight = 2;

/**
 * The credit of one client for one camera. A client that is slow, or never acknowledges, loses frames and nothing
 * else: at most two are under way, the newest one waits, older ones are dropped.
 */
export class FrameCredit {
  #underWay = 0;
  #waiting: FrameEvent | undefined;

  /**
   * Offers the newest frame.
   *
   * @returns `send` to send it now; `waits` when it is held back; `replaces` when an older one was dropped for it
   */
  offer(frame: FrameEvent): 'send' | 'waits' | 'replaces' {
    if (this.#underWay < framesInFlight) {
      this.#underWay++;
      return 'send';
    }
    const replaces = this.#waiting !== undefined;
    this.#waiting = frame;
    return replaces ? 'replaces' : 'waits';
  }

  /** The client took a frame. @returns the frame to send now, where one waited */
  acknowledge(): FrameEvent | undefined {
    const next = this.#waiting;
    this.#waiting = undefined;
    if (next === undefined) this.#underWay--;
    return next;
  }

  /** Drops what waits. @returns frames dropped */
  discard(): 0 | 1 {
    const dropped = this.#waiting === undefined ? 0 : 1;
    this.#waiting = undefined;
    return dropped;
  }

  /** True when nothing is under way, so that this object can be forgotten. */
  get idle(): boolean {
    return this.#underWay === 0;
  }
}
