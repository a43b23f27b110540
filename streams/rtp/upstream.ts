import type { AccessUnit, VideoCodec } from '../access-unit.js';
import { Depacketiser, pictureFormat, type OrderedPacket } from './depacketiser.js';
import type { PictureFormat } from './picture-format.js';
import { ReorderBuffer } from './reorder-buffer.js';
import { parseRtp, writeRtp, type RtpPacketView } from './rtp-packet.js';
import { Unwrapper } from './unwrap.js';

/** Why a packet was not handed on. */
export type PacketRejection =
  'malformed' | 'foreign-ssrc' | 'late-or-duplicate' | 'before-keyframe' | 'ended';

/** Where the numbering of a camera stands, so that the next upstream goes on from there. */
export interface Position {
  /** Newest sequence number handed on, unwrapped. */
  readonly sequence: number;
  /** Newest timestamp handed on, unwrapped, in 90 kHz ticks. */
  readonly timestamp: number;
  /** When that packet arrived, in milliseconds of `monotonicMs()`. */
  readonly arrivalMs: number;
}

/** A packet in order: its bytes as viewers get them, and the pictures it completed. */
export interface UpstreamStep {
  readonly packet: Buffer;
  readonly timestamp: number;
  readonly units: readonly AccessUnit[];
}

/** What came of one packet. */
export type UpstreamResult =
  | { readonly rejected: PacketRejection }
  | {
      /** The packet to forward at once: rewritten numbers, no header extension. */
      readonly forward: Buffer;
      /** Packets that are now in order; the forwarded one need not be among them yet. */
      readonly steps: readonly UpstreamStep[];
    };

interface Queued extends OrderedPacket {
  readonly bytes: Buffer;
}

/** A step between two upstreams of at least one picture at 30 a second. */
const leastStepTicks = 3000;

/**
 * One run of packets from one sender: locks on to its SSRC, waits for the first keyframe, continues the numbering
 * of the upstream before, restores the order and puts pictures together. Pure: no timers, the caller's clock.
 */
export class Upstream {
  readonly codec: VideoCodec;
  readonly #before: Position | undefined;
  readonly #format: PictureFormat;
  readonly #depacketiser: Depacketiser;
  readonly #sequences = new Unwrapper(16);
  readonly #timestamps = new Unwrapper(32);
  readonly #order = new ReorderBuffer<Queued>();
  #ssrc: number | undefined;
  #offsets: { readonly sequence: number; readonly timestamp: number } | undefined;
  #position: Position | undefined;
  #lost = 0;
  #picturesBeforeKeyframe = 0;

  /** @param before where the numbering stands; `undefined` for the first upstream, whose numbers stay as they are */
  constructor(codec: VideoCodec, before: Position | undefined) {
    this.codec = codec;
    this.#before = before;
    this.#format = pictureFormat(codec);
    this.#depacketiser = new Depacketiser(this.#format);
  }

  /** Where the next upstream goes on. */
  get position(): Position | undefined {
    return this.#position ?? this.#before;
  }

  /** Sequence numbers that never arrived. */
  get lost(): number {
    return this.#lost;
  }

  /** Pictures thrown away. */
  get dropped(): number {
    return this.#depacketiser.dropped + this.#picturesBeforeKeyframe;
  }

  /** True while nothing decodable comes out until the sender makes a keyframe. */
  get needsKeyframe(): boolean {
    return this.#depacketiser.needsKeyframe;
  }

  /** Packets behind a hole: forwarded already, not yet among the steps. */
  held(): Buffer[] {
    return this.#order.held().map(({ bytes }) => bytes);
  }

  /** Takes one packet; the bytes are copied. */
  push(packet: Buffer, arrivalMs: number): UpstreamResult {
    const parsed = parseRtp(packet);
    if (parsed === undefined) return { rejected: 'malformed' };
    this.#ssrc ??= parsed.ssrc;
    if (parsed.ssrc !== this.#ssrc) return { rejected: 'foreign-ssrc' };
    if (this.#offsets === undefined) {
      if (!this.#format.beginsKeyframe(parsed.payload)) {
        if (parsed.marker) this.#picturesBeforeKeyframe += 1;
        return { rejected: 'before-keyframe' };
      }
      this.#offsets = offsetsAfter(this.#before, parsed, arrivalMs);
    }
    const sequence = this.#sequences.unwrap(parsed.sequenceNumber) + this.#offsets.sequence;
    const extendedTimestamp = this.#timestamps.unwrap(parsed.timestamp) + this.#offsets.timestamp;
    const bytes = writeRtp({ ...parsed, sequenceNumber: sequence, timestamp: extendedTimestamp });
    const ready = this.#order.insert(sequence, queued(bytes, extendedTimestamp, arrivalMs), arrivalMs);
    if (ready === 'late') return { rejected: 'late-or-duplicate' };
    this.#advance(sequence, extendedTimestamp, arrivalMs);
    const steps = ready.map(({ item, lostBefore }) => {
      this.#lost += lostBefore;
      const units = this.#depacketiser.push(item, lostBefore);
      return { packet: item.bytes, timestamp: item.timestamp, units };
    });
    return { forward: bytes, steps };
  }

  #advance(sequence: number, timestamp: number, arrivalMs: number): void {
    const at = this.#position;
    if (at !== undefined && at.sequence >= sequence) return;
    this.#position = { sequence, timestamp: Math.max(at?.timestamp ?? timestamp, timestamp), arrivalMs };
  }
}

function offsetsAfter(
  before: Position | undefined,
  first: RtpPacketView,
  arrivalMs: number,
): { sequence: number; timestamp: number } {
  if (before === undefined) return { sequence: 0, timestamp: 0 };
  const elapsedTicks = Math.round((arrivalMs - before.arrivalMs) * 90);
  return {
    sequence: before.sequence + 1 - first.sequenceNumber,
    timestamp: before.timestamp + Math.max(leastStepTicks, elapsedTicks) - first.timestamp,
  };
}

function queued(bytes: Buffer, extendedTimestamp: number, arrivalMs: number): Queued {
  return {
    bytes,
    // A view on the copy: the caller's buffer may be used again while this packet waits.
    payload: bytes.subarray(12),
    marker: ((bytes[1] ?? 0) & 0x80) !== 0,
    timestamp: bytes.readUInt32BE(4),
    extendedTimestamp,
    arrivalMs,
  };
}
