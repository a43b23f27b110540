import { BitReader, OutOfBitsError } from './bit-reader.js';
import { nalType, typeOfNal, unescapeNal } from './h264-nal.js';

/** What a sequence parameter set says about the pictures. */
export interface SpsFacts {
  /** Size of the picture after cropping, in pixels. */
  readonly width: number;
  readonly height: number;
  /** `profile_idc`: 66 baseline, 77 main, 100 high … */
  readonly profile: number;
  /** `chroma_format_idc`: 1 for 4:2:0. */
  readonly chromaFormat: number;
  /** Bits of a luma sample. */
  readonly bitDepth: number;
  /** Pictures a second as announced; 0 where it is not said. */
  readonly fps: number;
}

/** Profiles whose parameter sets carry chroma and scaling fields (ITU-T H.264, section 7.3.2.1.1). */
const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** A picture side that no level of H.264 allows, so the parameter set must be damaged. */
const absurdSide = 16_384;

/**
 * Reads a sequence parameter set (ITU-T H.264, section 7.3.2.1.1) as far as the picture size.
 *
 * @param nal the NAL unit with its header byte, as it came (emulation prevention included)
 * @returns `undefined` when it is no parameter set, is cut short or gives no possible size
 */
export function parseSps(nal: Buffer): SpsFacts | undefined {
  if (typeOfNal(nal) !== nalType.sps) return undefined;
  try {
    return readSps(new BitReader(unescapeNal(nal.subarray(1))));
  } catch (error) {
    if (error instanceof OutOfBitsError) return undefined;
    throw error;
  }
}

function readSps(bits: BitReader): SpsFacts | undefined {
  const profile = bits.bits(8);
  bits.skip(16);
  bits.unsigned();
  const { chromaFormat, separatePlanes, bitDepth } = readChroma(bits, profile);
  bits.unsigned();
  skipPictureOrder(bits);
  bits.unsigned();
  bits.skip(1);
  const widthInMacroblocks = bits.unsigned() + 1;
  const heightInMapUnits = bits.unsigned() + 1;
  const framesOnly = bits.bit() === 1;
  if (!framesOnly) bits.skip(1);
  bits.skip(1);
  const crop = bits.bit() === 1 ? readCrop(bits) : { left: 0, right: 0, top: 0, bottom: 0 };

  const fieldFactor = framesOnly ? 1 : 2;
  const subsampled = !separatePlanes && (chromaFormat === 1 || chromaFormat === 2);
  const cropUnitX = subsampled ? 2 : 1;
  const cropUnitY = (!separatePlanes && chromaFormat === 1 ? 2 : 1) * fieldFactor;
  const width = widthInMacroblocks * 16 - (crop.left + crop.right) * cropUnitX;
  const height = heightInMapUnits * 16 * fieldFactor - (crop.top + crop.bottom) * cropUnitY;
  if (width < 1 || height < 1 || width > absurdSide || height > absurdSide) return undefined;
  return { width, height, profile, chromaFormat, bitDepth, fps: readFps(bits) };
}

interface Chroma {
  readonly chromaFormat: number;
  readonly separatePlanes: boolean;
  readonly bitDepth: number;
}

function readChroma(bits: BitReader, profile: number): Chroma {
  if (!highProfiles.has(profile)) return { chromaFormat: 1, separatePlanes: false, bitDepth: 8 };
  const chromaFormat = bits.unsigned();
  const separatePlanes = chromaFormat === 3 && bits.bit() === 1;
  const bitDepth = 8 + bits.unsigned();
  bits.unsigned();
  bits.skip(1);
  if (bits.bit() === 1) {
    const lists = chromaFormat === 3 ? 12 : 8;
    for (let list = 0; list < lists; list += 1) {
      if (bits.bit() === 1) skipScalingList(bits, list < 6 ? 16 : 64);
    }
  }
  return { chromaFormat, separatePlanes, bitDepth };
}

const mostFps = 240;

/** Reads the video usability information as far as the timing (ITU-T H.264, section E.1.1); one cut short says nothing. */
function readFps(bits: BitReader): number {
  try {
    if (bits.bit() === 0) return 0;
    // aspect_ratio_idc 255 is followed by the ratio itself.
    if (bits.bit() === 1 && bits.bits(8) === 255) bits.skip(32);
    if (bits.bit() === 1) bits.skip(1);
    if (bits.bit() === 1) {
      bits.skip(4);
      if (bits.bit() === 1) bits.skip(24);
    }
    if (bits.bit() === 1) {
      bits.unsigned();
      bits.unsigned();
    }
    if (bits.bit() === 0) return 0;
    const ticks = bits.bits(32);
    // The clock ticks for each field, two to a frame.
    const fps = bits.bits(32) / (2 * ticks);
    return fps > 0 && fps <= mostFps ? Math.round(fps * 100) / 100 : 0;
  } catch (error) {
    if (error instanceof OutOfBitsError) return 0;
    throw error;
  }
}

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let index = 0; index < size; index += 1) {
    if (next !== 0) next = (last + bits.signed() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function skipPictureOrder(bits: BitReader): void {
  const kind = bits.unsigned();
  if (kind === 0) bits.unsigned();
  if (kind !== 1) return;
  bits.skip(1);
  bits.signed();
  bits.signed();
  const cycle = bits.unsigned();
  if (cycle > 255) throw new OutOfBitsError('more than 255 frames in a picture order cycle');
  for (let index = 0; index < cycle; index += 1) bits.signed();
}

function readCrop(bits: BitReader): { left: number; right: number; top: number; bottom: number } {
  return {
    left: bits.unsigned(),
    right: bits.unsigned(),
    top: bits.unsigned(),
    bottom: bits.unsigned(),
  };
}
