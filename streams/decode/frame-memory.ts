/** Pieces kept at most; more frames are hardly ever under way. */
const most = 8;

/**
 * Memory of frames that is used again. A frame is a large piece outside of JavaScript's heap, which the garbage collector frees
 * only when some 64 MB of such pieces have gathered; whoever is done with a frame may give its memory back instead.
 */
export class FrameMemory {
  #spare: ArrayBuffer[] = [];

  /** @returns a piece of so many bytes, with anything in it */
  take(bytes: number): Buffer {
    const at = this.#spare.findIndex(({ byteLength }) => byteLength === bytes);
    const [memory] = at < 0 ? [] : this.#spare.splice(at, 1);
    return memory === undefined ? Buffer.allocUnsafeSlow(bytes) : Buffer.from(memory);
  }

  /** Takes memory back that nobody else uses any more. Beyond 8 pieces the ones that lie here longest are let go. */
  give(memory: ArrayBuffer): void {
    this.#spare = [...this.#spare.slice(1 - most), memory];
  }
}
