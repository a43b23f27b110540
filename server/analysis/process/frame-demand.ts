/** Part that the newest frame has in the running mean of the time of decoding. */
const newestPart = 0.1;
/** A camera that gave no frame for this long is no reason for others to wait. */
const silentMs = 2000;

/** What is known of a camera whose picture may be worth a frame. */
export interface DemandingCamera {
  /** When a frame of it was last taken, in any count that grows. */
  readonly lastServed: number;
  /** Between two of its pictures, in milliseconds. */
  readonly periodMs: number;
  /** When its last frame came out of the decoder, in milliseconds; `undefined` before the first. */
  readonly lastFrameMs: number | undefined;
}

/**
 * Tells whether a frame is worth decoding now. While the models compute, nobody takes frames: what is scaled and copied then is
 * replaced by a newer one before it is looked at. So frames are asked for only of the cameras that come next, and only
 * shortly before the models are free: early enough to be there, late enough to be fresh. Models that are quicker than that
 * get every frame.
 */
export class FrameDemand {
  #freeAtMs = -Infinity;
  #next: ReadonlySet<DemandingCamera> = new Set();
  #decodeMs = 0;

  /** @param ms from a frame's capture to its coming out of the decoder */
  decoded(ms: number): void {
    this.#decodeMs += newestPart * (ms - this.#decodeMs);
  }

  /**
   * The models began to work.
   *
   * @param nowMs any clock, the same for all calls
   * @param expectedMs how long they will take
   * @param cameras all of them
   * @param places how many of them the models take next
   */
  began(nowMs: number, expectedMs: number, cameras: Iterable<DemandingCamera>, places: number): void {
    this.#freeAtMs = nowMs + expectedMs;
    const candidates = [...cameras].filter((camera) => !isSilent(camera, nowMs));
    this.#next = new Set(candidates.sort((a, b) => a.lastServed - b.lastServed).slice(0, places));
  }

  /** The models are free. */
  ended(): void {
    this.#freeAtMs = -Infinity;
  }

  /** Whether a frame of a picture that came now is worth having. */
  wants(camera: DemandingCamera, nowMs: number): boolean {
    if (nowMs >= this.#freeAtMs) return true;
    // One of its pictures, at least, comes within that time.
    const early = camera.periodMs + 2 * this.#decodeMs;
    return nowMs >= this.#freeAtMs - early && (this.#next.has(camera) || isSilent(camera, nowMs));
  }
}

function isSilent({ lastFrameMs }: DemandingCamera, nowMs: number): boolean {
  return lastFrameMs === undefined || nowMs - lastFrameMs > silentMs;
}
