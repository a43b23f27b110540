import { isReference, isSlice, joinAnnexB, nalType, typeOfNal } from './h264-nal.js';
import { headerOfFragmented, nalsAtStart, splitStapA } from './h264-payload.js';
import { ParameterSets } from './h264-parameter-sets.js';
import type { FinishedPicture, PictureFormat } from './picture-format.js';

const fillerData = 12;

/**
 * H.264 over RTP (RFC 6184): single NAL unit packets, STAP-A and FU-A, which is all of packetization modes 0 and 1.
 *
 * Pictures come out as Annex B. Every IDR picture starts with all parameter sets of the stream, also where they were
 * sent only once; filler data is left out.
 */
export class H264Picture implements PictureFormat {
  readonly #parameterSets = new ParameterSets();
  #nals: Buffer[] = [];
  #fragments: Buffer[] | undefined;

  begins(payload: Buffer): boolean {
    const first = nalsAtStart(payload)[0];
    if (first === undefined) return false;
    const type = typeOfNal(first);
    if (type === nalType.sps || type === nalType.delimiter) return true;
    // first_mb_in_slice, an Exp-Golomb number, is 0 when the first bit is set.
    return (type === nalType.slice || type === nalType.idr) && ((first[1] ?? 0) & 0x80) !== 0;
  }

  beginsKeyframe(payload: Buffer): boolean {
    return nalsAtStart(payload).some((nal) => {
      const type = typeOfNal(nal);
      return type === nalType.sps || type === nalType.idr;
    });
  }

  add(payload: Buffer): boolean {
    const type = typeOfNal(payload);
    if (type === nalType.fuA) return this.#addFragment(payload);
    if (this.#fragments !== undefined) return false;
    if (type === nalType.stapA) {
      const nals = splitStapA(payload);
      return nals?.every((nal) => this.#addNal(nal)) ?? false;
    }
    return type >= 1 && type < nalType.stapA && this.#addNal(payload);
  }

  finish(): FinishedPicture | 'no-picture' | 'broken' {
    const nals = this.#nals;
    const whole = this.#fragments === undefined;
    this.reset();
    if (!whole) return 'broken';
    const keyframe = nals.some((nal) => typeOfNal(nal) === nalType.idr);
    if (!keyframe) {
      const slices = nals.filter(isSlice);
      if (slices.length === 0) return 'no-picture';
      return { data: joinAnnexB(nals), keyframe, disposable: !slices.some(isReference) };
    }
    const size = this.#parameterSets.size;
    if (size === undefined || !this.#parameterSets.complete) return 'broken';
    const isDelimiter = (nal: Buffer): boolean => typeOfNal(nal) === nalType.delimiter;
    const data = joinAnnexB([
      ...nals.filter(isDelimiter),
      ...this.#parameterSets.nals(),
      ...nals.filter((nal) => !isDelimiter(nal) && !isParameterSet(nal)),
    ]);
    return { data, keyframe, size };
  }

  reset(): void {
    this.#nals = [];
    this.#fragments = undefined;
  }

  #addNal(nal: Buffer): boolean {
    const type = typeOfNal(nal);
    if (isParameterSet(nal) && !this.#parameterSets.accept(nal)) return false;
    if (type !== fillerData) this.#nals.push(nal);
    return type !== 0;
  }

  #addFragment(payload: Buffer): boolean {
    const flags = payload[1];
    if (flags === undefined || payload.length < 3) return false;
    const starts = (flags & 0x80) !== 0;
    if (starts !== (this.#fragments === undefined)) return false;
    this.#fragments ??= [headerOfFragmented(payload)];
    this.#fragments.push(payload.subarray(2));
    if ((flags & 0x40) === 0) return true;
    const nal = Buffer.concat(this.#fragments);
    this.#fragments = undefined;
    return this.#addNal(nal);
  }
}

function isParameterSet(nal: Buffer): boolean {
  const type = typeOfNal(nal);
  return type === nalType.sps || type === nalType.pps;
}
