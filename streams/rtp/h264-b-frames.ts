import { BitReader, OutOfBitsError } from './bit-reader.js';
import { nalType, splitAnnexB, typeOfNal, unescapeNal } from './h264-nal.js';

/** Enough of a slice for the two Exp-Golomb numbers at its start. */
const headBytes = 16;

/**
 * Tells whether a picture has B slices, which browsers do not play over WebRTC: they reorder nothing.
 *
 * Only the first numbers of each slice header are read (ITU-T H.264, section 7.3.3), so it costs next to nothing.
 * Slices that are cut short count as no B slice.
 *
 * @param accessUnit one picture as an Annex B byte stream
 */
export function hasBSlice(accessUnit: Buffer): boolean {
  return splitAnnexB(accessUnit).some(isBSlice);
}

/** Whether a NAL unit, or its beginning, is a B slice. */
export function isBSlice(nal: Buffer): boolean {
  const type = typeOfNal(nal);
  // Slice data partition A (2) starts like a plain slice; IDR pictures have no B slices by definition.
  if (type !== nalType.slice && type !== 2) return false;
  try {
    const bits = new BitReader(unescapeNal(nal.subarray(1, headBytes)));
    bits.unsigned();
    // slice_type: 1 and 6 are B (6: all slices of the picture are).
    return bits.unsigned() % 5 === 1;
  } catch (error) {
    if (error instanceof OutOfBitsError) return false;
    throw error;
  }
}
