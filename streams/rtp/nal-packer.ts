import { nalType } from './h264-nal.js';

/** Payloads larger than this, in bytes, with RTP, SRTP, UDP and IP around them, may not fit through every network. */
export const mostPayloadBytes = 1188;
const fragmentHeaderBytes = 2;
const fragmentBytes = mostPayloadBytes - fragmentHeaderBytes;
const startBit = 0x80;
const endBit = 0x40;

/**
 * Cuts what is too large for a packet to viewers: whole NAL units into fragments, and the fragments of cameras, which send larger
 * ones over TCP, into smaller ones (FU-A, RFC 6184, section 5.8). Fragments are cut anew as they come; nothing waits for the end of a NAL unit.
 */
export class NalPacker {
  /** Bytes of a fragmented unit that did not fill a fragment yet. */
  #rest: Buffer = Buffer.alloc(0);
  #header = 0;
  #started = false;

  /** @returns payloads for a whole NAL unit, or for an aggregate that is small enough */
  whole(nal: Buffer): Buffer[] {
    this.forget();
    if (nal.length <= mostPayloadBytes) return [nal];
    this.#begin(nal[0] ?? 0);
    return this.#cut(nal.subarray(1), true);
  }

  /** @returns payloads for a fragment that came */
  fragment(payload: Buffer): Buffer[] {
    const indicator = payload[0] ?? 0;
    const flags = payload[1] ?? 0;
    if ((flags & startBit) !== 0) this.#begin((indicator & 0xe0) | (flags & 0x1f));
    else if (this.#header === 0) this.#goOn((indicator & 0xe0) | (flags & 0x1f));
    return this.#cut(payload.subarray(fragmentHeaderBytes), (flags & endBit) !== 0);
  }

  /** Packets were lost: what is held of a unit is of no use any more. */
  forget(): void {
    this.#rest = Buffer.alloc(0);
    this.#header = 0;
    this.#started = false;
  }

  #begin(header: number): void {
    this.forget();
    this.#header = header;
  }

  /** The first fragments were lost: the unit stays one without a beginning. */
  #goOn(header: number): void {
    this.#header = header;
    this.#started = true;
  }

  #cut(bytes: Buffer, ends: boolean): Buffer[] {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const payloads: Buffer[] = [];
    let at = 0;
    while (all.length - at > fragmentBytes) {
      payloads.push(this.#piece(all.subarray(at, at + fragmentBytes), false));
      at += fragmentBytes;
    }
    if (ends) {
      payloads.push(this.#piece(all.subarray(at), true));
      this.forget();
    } else {
      this.#rest = Buffer.from(all.subarray(at));
    }
    return payloads;
  }

  #piece(bytes: Buffer, ends: boolean): Buffer {
    const flags = (this.#started ? 0 : startBit) | (ends ? endBit : 0);
    this.#started = true;
    const head = [(this.#header & 0xe0) | nalType.fuA, flags | (this.#header & 0x1f)];
    return Buffer.concat([Buffer.from(head), bytes]);
  }
}
