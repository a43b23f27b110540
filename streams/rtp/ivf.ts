import type { AccessUnit, VideoCodec } from '../access-unit.js';

const fourcc: Readonly<Record<VideoCodec, string>> = { h264: 'H264', vp8: 'VP80' };

/**
 * The file header of an IVF stream (version 0, 32 bytes, little endian) whose timestamps count 1/90000 s, so that
 * ffmpeg's pts are unwrapped RTP timestamps. ffmpeg reads `H264` with Annex B frames as well as `VP80`.
 *
 * @param size of the picture in pixels, 1..65535
 */
export function ivfHeader(
  codec: VideoCodec,
  size: { readonly width: number; readonly height: number },
): Buffer {
  const header = Buffer.alloc(32);
  header.write('DKIF', 0, 'latin1');
  header.writeUInt16LE(32, 6);
  header.write(fourcc[codec], 8, 'latin1');
  header.writeUInt16LE(size.width, 12);
  header.writeUInt16LE(size.height, 14);
  header.writeUInt32LE(90_000, 16);
  header.writeUInt32LE(1, 20);
  return header;
}

/** One IVF frame: a 12-byte header (size, 64-bit pts in 1/90000 s) and the picture's bytes. */
export function ivfFrame(unit: Pick<AccessUnit, 'data' | 'extendedTimestamp'>): Buffer {
  const frame = Buffer.allocUnsafe(12 + unit.data.length);
  frame.writeUInt32LE(unit.data.length, 0);
  frame.writeBigInt64LE(BigInt(unit.extendedTimestamp), 4);
  unit.data.copy(frame, 12);
  return frame;
}
