import type { AccessUnit, VideoCodec } from '../access-unit.js';
import { H264Picture } from './h264-picture.js';
import type { PictureFormat } from './picture-format.js';
import { Vp8Picture } from './vp8-picture.js';

/** One packet as the depacketiser needs it, in order. */
export interface OrderedPacket {
  readonly payload: Buffer;
  readonly marker: boolean;
  /** uint32, 90 kHz. */
  readonly timestamp: number;
  /** The same, unwrapped. */
  readonly extendedTimestamp: number;
  /** Milliseconds of `monotonicMs()`. */
  readonly arrivalMs: number;
}

/** A picture larger than this is no picture: the sender never sets the marker, or the stream is damaged. */
const maxPictureBytes = 8 * 1024 * 1024;

/** @returns the reader for a codec's payloads */
export function pictureFormat(codec: VideoCodec): PictureFormat {
  return codec === 'h264' ? new H264Picture() : new Vp8Picture();
}

/**
 * Puts pictures together from packets in order. After a loss nothing comes out until the next whole keyframe, so what
 * comes out always decodes.
 */
export class Depacketiser {
  readonly #format: PictureFormat;
  #open: OrderedPacket | undefined;
  #capturedAtMs = 0;
  #bytes = 0;
  #broken = false;
  #afterHole = true;
  #needsKeyframe = true;
  #size: { readonly width: number; readonly height: number } | undefined;
  #dropped = 0;

  /** @param format a fresh one, for this stream alone */
  constructor(format: PictureFormat) {
    this.#format = format;
  }

  /** True while pictures are thrown away because a keyframe must come first. */
  get needsKeyframe(): boolean {
    return this.#needsKeyframe;
  }

  /** Pictures thrown away so far. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * Takes the next packet.
   *
   * @param lostBefore packets that were lost just before this one
   * @returns the pictures that are now whole: none, one, or two when a picture without marker ends by the next one
   */
  push(packet: OrderedPacket, lostBefore: number): AccessUnit[] {
    if (lostBefore > 0) this.#hole();
    const units: AccessUnit[] = [];
    // Browsers probe the bandwidth with packets of padding alone: they have a number, but no part in any picture.
    if (packet.payload.length === 0) return units;
    if (this.#open !== undefined && this.#open.timestamp !== packet.timestamp) this.#close(units);
    this.#take(packet);
    if (packet.marker) this.#close(units);
    return units;
  }

  #hole(): void {
    if (this.#open !== undefined) {
      this.#broken = true;
      this.#close([]);
    }
    this.#afterHole = true;
    this.#needsKeyframe = true;
  }

  #take(packet: OrderedPacket): void {
    if (this.#open === undefined) {
      this.#open = packet;
      this.#capturedAtMs = packet.arrivalMs;
      this.#bytes = 0;
      this.#broken = this.#afterHole && !this.#format.begins(packet.payload);
      this.#afterHole = false;
    }
    this.#capturedAtMs = Math.min(this.#capturedAtMs, packet.arrivalMs);
    this.#bytes += packet.payload.length;
    if (this.#broken) return;
    this.#broken = this.#bytes > maxPictureBytes || !this.#format.add(packet.payload);
  }

  #close(units: AccessUnit[]): void {
    const first = this.#open;
    if (first === undefined) return;
    this.#open = undefined;
    const picture = this.#broken ? 'broken' : this.#format.finish();
    this.#format.reset();
    if (picture === 'no-picture') return;
    if (picture === 'broken' || (this.#needsKeyframe && !picture.keyframe)) {
      this.#needsKeyframe = true;
      this.#dropped += 1;
      return;
    }
    this.#size = picture.size ?? this.#size;
    if (this.#size === undefined) return;
    this.#needsKeyframe = false;
    units.push({
      rtpTimestamp: first.timestamp,
      extendedTimestamp: first.extendedTimestamp,
      keyframe: picture.keyframe,
      ...(picture.disposable === true ? { disposable: true } : {}),
      data: picture.data,
      capturedAtMs: this.#capturedAtMs,
      width: this.#size.width,
      height: this.#size.height,
    });
  }
}
