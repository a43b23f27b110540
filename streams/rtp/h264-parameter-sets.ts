import { BitReader, OutOfBitsError } from './bit-reader.js';
import { nalType, typeOfNal, unescapeNal } from './h264-nal.js';
import { parseSps, type SpsFacts } from './h264-sps.js';

/** Enough of a parameter set to read its number. */
const headBytes = 16;

/** The newest parameter sets of a stream by their number, so that they can be put before every IDR picture. */
export class ParameterSets {
  readonly #sequence = new Map<number, Buffer>();
  readonly #picture = new Map<number, Buffer>();
  #facts: SpsFacts | undefined;

  /** What the newest sequence parameter set says. */
  get facts(): SpsFacts | undefined {
    return this.#facts;
  }

  /** Size in pixels of the newest sequence parameter set. */
  get size(): { readonly width: number; readonly height: number } | undefined {
    return this.#facts;
  }

  /** True once decoding is possible: one set of each kind is there. */
  get complete(): boolean {
    return this.#facts !== undefined && this.#picture.size > 0;
  }

  /** Stores an SPS or PPS (the bytes are copied); false when it is damaged. */
  accept(nal: Buffer): boolean {
    const isSequence = typeOfNal(nal) === nalType.sps;
    const id = readId(nal, isSequence ? 24 : 0);
    if (id === undefined || id > (isSequence ? 31 : 255)) return false;
    if (isSequence) {
      const facts = parseSps(nal);
      if (facts === undefined) return false;
      this.#facts = facts;
    }
    (isSequence ? this.#sequence : this.#picture).set(id, Buffer.from(nal));
    return true;
  }

  /** All stored sets, sequence parameter sets first. */
  nals(): Buffer[] {
    return [...this.#sequence.values(), ...this.#picture.values()];
  }
}

function readId(nal: Buffer, skipBits: number): number | undefined {
  try {
    const bits = new BitReader(unescapeNal(nal.subarray(1, headBytes)));
    bits.skip(skipBits);
    return bits.unsigned();
  } catch (error) {
    if (error instanceof OutOfBitsError) return undefined;
    throw error;
  }
}
