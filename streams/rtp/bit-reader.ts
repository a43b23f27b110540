/** Thrown by `BitReader` when more bits are asked for than there are. */
export class OutOfBitsError extends Error {
  readonly code = 'out-of-bits';
}

/** Reads bits, most significant first, and the Exp-Golomb codes of H.264 (ITU-T H.264, section 9.1). */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @returns one bit, 0 or 1; throws `OutOfBitsError` at the end */
  bit(): number {
    const byte = this.#bytes[this.#position >> 3];
    if (byte === undefined) throw new OutOfBitsError('read past the last bit');
    const value = (byte >> (7 - (this.#position & 7))) & 1;
    this.#position += 1;
    return value;
  }

  /** @returns an unsigned number of `count` bits, 0..32 */
  bits(count: number): number {
    let value = 0;
    for (let read = 0; read < count; read += 1) value = value * 2 + this.bit();
    return value;
  }

  /** Skips bits without looking at them. */
  skip(count: number): void {
    this.#position += count;
  }

  /** @returns an unsigned Exp-Golomb number, ue(v) */
  unsigned(): number {
    let zeros = 0;
    while (this.bit() === 0) {
      zeros += 1;
      if (zeros > 32) throw new OutOfBitsError('Exp-Golomb code of more than 32 bits');
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** @returns a signed Exp-Golomb number, se(v) */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 0 ? -code / 2 : (code + 1) / 2;
  }
}
