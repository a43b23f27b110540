/** Part that the newest batch has in what is remembered of earlier ones. */
const newestPart = 0.05;
/** Batches must differ by this much in size (variance) before their costs tell the fixed part from the rest. */
const leastVariance = 0.02;
/**
 * What one more frame at once must save of every frame's cost. Each holds about 27 MB of a network's intermediate results, and on one
 * core two at once already save what there is to save (some 11 %).
 */
const leastSaving = 0.1;
/** A batch should not take longer than this, so that results are fresh and the process answers its pings. */
const longestMs = 100;
/** However cheap the frames. */
const largest = 16;
/** Every so many batches one of another size is taken, a smaller one where there is: sizes that never change tell nothing. */
const tryEvery = 16;

/**
 * What a batch of frames costs, learned from the batches so far: a fixed part and a part a frame (least squares, the newest
 * count most). It says how many frames to take at once.
 */
export class CostModel {
  #frames = 0;
  #ms = 0;
  #framesSquared = 0;
  #framesMs = 0;
  #batches = 0;

  /** Cost of one more frame in a batch, in milliseconds; 0 until something was measured. */
  get frameMs(): number {
    return this.#frames === 0 ? 0 : Math.max(0, (this.#ms - this.fixedMs) / this.#frames);
  }

  /** Cost of a batch whatever its size, in milliseconds; 0 until batches of several sizes were measured. */
  get fixedMs(): number {
    const variance = this.#framesSquared - this.#frames ** 2;
    if (variance < leastVariance) return 0;
    const slope = (this.#framesMs - this.#frames * this.#ms) / variance;
    return Math.min(this.#ms, Math.max(0, this.#ms - slope * this.#frames));
  }

  /** Frames for the next batch, 1 to 16: as many as each save enough by sharing the fixed cost, and none that would take too long. */
  get batchSize(): number {
    const { frameMs, fixedMs } = this;
    if (this.#batches === 0) return 1;
    // The nth frame saves fixedMs / (n (n - 1)) of what each costs: the last n where that is enough.
    const ratio = fixedMs / (leastSaving * Math.max(frameMs, 0.1));
    const worthwhile = Math.floor((1 + Math.sqrt(1 + 4 * ratio)) / 2);
    const tried = this.#batches % tryEvery === 0 ? Math.max(worthwhile - 1, 3 - worthwhile) : worthwhile;
    const inTime = Math.floor((longestMs - fixedMs) / Math.max(frameMs, 0.1));
    return Math.max(1, Math.min(largest, tried, inTime));
  }

  /** Takes in what a batch cost. */
  measured(frames: number, ms: number): void {
    const part = this.#batches === 0 ? 1 : newestPart;
    this.#batches++;
    this.#frames += part * (frames - this.#frames);
    this.#ms += part * (ms - this.#ms);
    this.#framesSquared += part * (frames ** 2 - this.#framesSquared);
    this.#framesMs += part * (frames * ms - this.#framesMs);
  }
}
