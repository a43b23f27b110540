/** How quick the analysis of one camera was of late. */
export interface MeterReading {
  /** Analysed frames a second. */
  readonly analysedFps: number;
  /** From the arrival of a frame's first packet to the sending of its event, in milliseconds; 0 without frames. */
  readonly latencyMs: { readonly p50: number; readonly p95: number };
}

/** Looks back this far. */
const windowMs = 10_000;
/** More frames than any camera has in that time. */
const mostFrames = 1024;

/** Remembers when the frames of the last ten seconds were finished, and how late. */
export class CameraMeter {
  readonly #frames: { readonly atMs: number; readonly latencyMs: number }[] = [];

  /** @param nowMs monotonic milliseconds @param latencyMs of the frame */
  record(nowMs: number, latencyMs: number): void {
    this.#frames.push({ atMs: nowMs, latencyMs });
    if (this.#frames.length > mostFrames) this.#frames.shift();
    this.#forget(nowMs);
  }

  /** @param nowMs monotonic milliseconds */
  read(nowMs: number): MeterReading {
    this.#forget(nowMs);
    const sorted = this.#frames.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
    const first = this.#frames[0];
    // Over the time since the first frame of the window, so that a camera just begun is not shown too slow.
    const seconds = first === undefined ? 1 : Math.max(1, (nowMs - first.atMs) / 1000);
    return {
      analysedFps: round(this.#frames.length / seconds),
      latencyMs: { p50: round(percentile(sorted, 0.5)), p95: round(percentile(sorted, 0.95)) },
    };
  }

  #forget(nowMs: number): void {
    while ((this.#frames[0]?.atMs ?? nowMs) < nowMs - windowMs) this.#frames.shift();
  }
}

/**
 * The nearest-rank percentile.
 *
 * @param sorted ascending
 * @param share 0..1
 * @returns 0 for an empty list
 */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
