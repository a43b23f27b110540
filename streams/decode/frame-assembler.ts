import type { ShownFrame } from './decode-marks.js';
import type { FrameMemory } from './frame-memory.js';

/**
 * Joins the two outputs of a decoding ffmpeg: the n-th `showinfo` line belongs to the n-th block of pixels. They come over
 * different pipes, so either may be ahead.
 */
export class FrameAssembler {
  readonly #memory: FrameMemory;
  readonly #onFrame: (shown: ShownFrame, data: Buffer) => void;
  readonly #shown: ShownFrame[] = [];
  readonly #chunks: Buffer[] = [];
  #frame: Buffer | undefined;
  #filled = 0;

  /**
   * @param memory what the pictures are put into
   * @param onFrame gets each whole picture; the buffer is never touched again
   */
  constructor(memory: FrameMemory, onFrame: (shown: ShownFrame, data: Buffer) => void) {
    this.#memory = memory;
    this.#onFrame = onFrame;
  }

  pushShown(shown: ShownFrame): void {
    this.#shown.push(shown);
    this.#join();
  }

  pushPixels(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#join();
  }

  #join(): void {
    for (;;) {
      const shown = this.#shown[0];
      const chunk = this.#chunks[0];
      if (shown === undefined || chunk === undefined) return;
      this.#frame ??= this.#memory.take(shown.width * shown.height * 3);
      const copied = chunk.copy(this.#frame, this.#filled);
      this.#filled += copied;
      if (copied === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(copied);
      if (this.#filled === this.#frame.length) {
        const frame = this.#frame;
        this.#frame = undefined;
        this.#filled = 0;
        this.#shown.shift();
        this.#onFrame(shown, frame);
      }
    }
  }
}
