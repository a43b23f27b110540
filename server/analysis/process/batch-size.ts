/** A batch should not take longer than this, so that results are fresh and the process answers its pings. */
const targetMs = 250;
/** More frames at once bring nothing and only cost memory. */
const largest = 16;
/** Part that the newest batch has in the running mean of the cost of a frame. */
const newestPart = 0.2;

/** Chooses how many frames go into a batch from what frames have cost so far. */
export class BatchSize {
  #costMs: number | undefined;

  /** Frames for the next batch, at least 1; 1 until something was measured. */
  get frames(): number {
    if (this.#costMs === undefined) return 1;
    return Math.min(largest, Math.max(1, Math.floor(targetMs / Math.max(this.#costMs, 0.1))));
  }

  /** How long a batch will take, in milliseconds; 0 until something was measured. */
  expectedMs(frames: number): number {
    return frames * (this.#costMs ?? 0);
  }

  /** Takes in what a batch cost. */
  measured(frames: number, ms: number): void {
    if (frames <= 0) return;
    const costMs = ms / frames;
    this.#costMs = this.#costMs === undefined ? costMs : this.#costMs + newestPart * (costMs - this.#costMs);
  }
}
