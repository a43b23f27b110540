import type { RgbImage } from '../../../models/image.js';

/** More than any camera's header: magic, width, height, depth. */
const longestHeader = 64;

/**
 * Cuts a stream of PPM pictures (binary, `P6`, 8 bits a channel; https://netpbm.sourceforge.net/doc/ppm.html), as ffmpeg
 * writes them without comments, into pictures. Each tells its own size, which a camera's stream does not beforehand.
 */
export class PpmReader {
  readonly #onPicture: (picture: RgbImage) => void;
  #waiting: Buffer = Buffer.alloc(0);
  #picture: { readonly width: number; readonly height: number; readonly data: Uint8Array } | null = null;
  #filled = 0;

  constructor(onPicture: (picture: RgbImage) => void) {
    this.#onPicture = onPicture;
  }

  /** Takes the next piece of the stream. @throws RangeError for what is no such stream */
  push(chunk: Buffer): void {
    let rest: Buffer = chunk;
    while (rest.length > 0) {
      if (this.#picture === null) {
        this.#waiting = Buffer.concat([this.#waiting, rest.subarray(0, longestHeader)]);
        const header = /^P6\s(\d+)\s(\d+)\s255\s/.exec(this.#waiting.toString('latin1'));
        if (!header) {
          if (this.#waiting.length >= longestHeader)
            throw new RangeError('This is no stream of PPM pictures');
          rest = rest.subarray(longestHeader);
          continue;
        }
        const [width, height] = [Number(header[1]), Number(header[2])];
        this.#picture = { width, height, data: new Uint8Array(width * height * 3) };
        this.#filled = 0;
        const taken = Math.min(rest.length, longestHeader);
        rest = rest.subarray(taken - (this.#waiting.length - header[0].length));
        this.#waiting = Buffer.alloc(0);
      }
      const { data } = this.#picture;
      const part = rest.subarray(0, data.length - this.#filled);
      data.set(part, this.#filled);
      this.#filled += part.length;
      rest = rest.subarray(part.length);
      if (this.#filled < data.length) continue;
      const done = this.#picture;
      this.#picture = null;
      this.#onPicture(done);
    }
  }
}
