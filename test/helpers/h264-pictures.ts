import { joinAnnexB } from '../../streams/rtp/h264-nal.js';

/** A sequence parameter set as x264 wrote it for a picture of 128x96. */
export const sps = Buffer.from('6764000aacd9420db011000003000100000300140f122596', 'hex');
/** The picture parameter set that belongs to it. */
export const pps = Buffer.from('68ebe3cb22c0', 'hex');

/** An IDR picture with its parameter sets; its slice starts at the first macroblock, the body is not decodable. */
export function keyframe(body: Uint8Array): Buffer {
  return joinAnnexB([sps, pps, slice(0x65, body)]);
}

/** A P picture of one slice; its body is not decodable. */
export function deltaFrame(body: Uint8Array): Buffer {
  return joinAnnexB([slice(0x41, body)]);
}

/** A slice whose body cannot be mistaken for start codes and does not end in zeros. */
function slice(header: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([header, 0x88]), body.map((byte) => byte | 1)]);
}
