import type { FinishedPicture, PictureFormat } from './picture-format.js';

/** VP8 over RTP (RFC 7741): the payload descriptor is cut off, a frame is the sum of its payloads. */
export class Vp8Picture implements PictureFormat {
  #parts: Buffer[] = [];
  #disposable = true;

  begins(payload: Buffer): boolean {
    // S bit set and partition index 0.
    return ((payload[0] ?? 0) & 0x17) === 0x10;
  }

  beginsKeyframe(payload: Buffer): boolean {
    if (!this.begins(payload)) return false;
    const start = descriptorLength(payload);
    return start !== undefined && isKeyframe(payload.subarray(start));
  }

  add(payload: Buffer): boolean {
    const start = descriptorLength(payload);
    if (start === undefined || start >= payload.length) return false;
    if (this.begins(payload) !== (this.#parts.length === 0)) return false;
    this.#parts.push(payload.subarray(start));
    // The N bit: nothing refers to this frame (RFC 7741, section 4.2).
    this.#disposable &&= ((payload[0] ?? 0) & 0x20) !== 0;
    return true;
  }

  finish(): FinishedPicture | 'no-picture' | 'broken' {
    const data = Buffer.concat(this.#parts);
    const disposable = this.#disposable;
    this.reset();
    if (data.length === 0) return 'no-picture';
    if (!isKeyframe(data)) return { data, keyframe: false, disposable };
    const size = sizeOfKeyframe(data);
    return size === undefined ? 'broken' : { data, keyframe: true, size };
  }

  reset(): void {
    this.#parts = [];
    this.#disposable = true;
  }
}

/** Length of the payload descriptor in bytes (RFC 7741, section 4.2); `undefined` when the payload is too short. */
function descriptorLength(payload: Buffer): number | undefined {
  const first = payload[0];
  if (first === undefined) return undefined;
  if ((first & 0x80) === 0) return 1;
  const extensions = payload[1];
  if (extensions === undefined) return undefined;
  let length = 2;
  if ((extensions & 0x80) !== 0) length += ((payload[length] ?? 0) & 0x80) !== 0 ? 2 : 1;
  if ((extensions & 0x40) !== 0) length += 1;
  if ((extensions & 0x30) !== 0) length += 1;
  return length <= payload.length ? length : undefined;
}

/** The inverse key frame flag is the lowest bit of the frame tag (RFC 6386, section 9.1). */
function isKeyframe(frame: Buffer): boolean {
  return frame.length > 0 && ((frame[0] ?? 1) & 1) === 0;
}

/** Size from the header of a key frame (RFC 6386, section 9.1); the upper two bits of each side are its scaling. */
function sizeOfKeyframe(frame: Buffer): { width: number; height: number } | undefined {
  if (frame.length < 10 || frame.readUIntBE(3, 3) !== 0x9d012a) return undefined;
  const width = frame.readUInt16LE(6) & 0x3fff;
  const height = frame.readUInt16LE(8) & 0x3fff;
  return width > 0 && height > 0 ? { width, height } : undefined;
}
