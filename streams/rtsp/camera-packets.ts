import { isBSlice } from '../rtp/h264-b-frames.js';
import { isSlice, nalType, typeOfNal } from '../rtp/h264-nal.js';
import type { SpsFacts } from '../rtp/h264-sps.js';
import { ParameterSets } from '../rtp/h264-parameter-sets.js';
import { nalsAtStart, splitStapA } from '../rtp/h264-payload.js';
import { mostPayloadBytes, NalPacker } from '../rtp/nal-packer.js';
import { parseRtp, type RtpPacketView, writeRtp } from '../rtp/rtp-packet.js';

/** Why a camera's packets cannot be passed on: what viewers and the analysis need is not in them. */
export type Unfit = 'B-frames' | 'several markers a picture' | 'a way of packing that is unknown';

/** A timestamp further than this from the time that passed is a new beginning, in 90 kHz ticks. */
const jumpTicks = 5 * 90_000;
/** A new beginning is at least one picture later than what came before. */
const leastStepTicks = 3000;
const payloadTypeOut = 96;
const mostLateInRow = 50;

/** A place in both streams. */
interface Position {
  readonly sequence: number;
  readonly cameraTimestamp: number;
  readonly timestamp: number;
  readonly arrivalMs: number;
}

/**
 * Makes a camera's RTP packets fit for viewers: parameter sets before each keyframe, no packet larger than networks take, one marker
 * a picture, timestamps without jumps. Packets come in order; what is lost stays a hole in the numbers. Pure.
 */
export class CameraPackets {
  readonly #payloadType: number;
  readonly #sets = new ParameterSets();
  readonly #packer = new NalPacker();
  #position: Position | undefined;
  #sequenceOut = 0;
  /** Timestamps of the newest picture that has its parameter sets, has slices, has ended; in the camera's ticks. */
  #setsAt: number | undefined;
  #slicesAt: number | undefined;
  #endedAt: number | undefined;
  #lateInRow = 0;
  #unfit: Unfit | undefined;

  /** @param parameterSets that the camera told beforehand */
  constructor(payloadType: number, parameterSets: readonly Buffer[]) {
    this.#payloadType = payloadType;
    for (const set of parameterSets) this.#sets.accept(set);
  }

  /** Set once the packets turn out to be unfit. */
  get unfit(): Unfit | undefined {
    return this.#unfit;
  }

  /** What the newest sequence parameter set says; `undefined` before the first. */
  get facts(): SpsFacts | undefined {
    return this.#sets.facts;
  }

  /** @param arrivalMs in milliseconds of `monotonicMs()` */
  push(packet: Buffer, arrivalMs: number): Buffer[] {
    const parsed = parseRtp(packet);
    if (parsed?.payloadType !== this.#payloadType || parsed.payload.length === 0) return [];
    const timestamp = this.#advance(parsed, arrivalMs);
    if (timestamp === undefined) return [];
    const nals = nalsAtStart(parsed.payload);
    this.#look(parsed, nals);
    const payloads = [...this.#setsBefore(parsed.timestamp, nals), ...this.#cut(parsed.payload)];
    // Some cameras mark each parameter set as an end; a picture has none without slices.
    const marker = parsed.marker && this.#slicesAt === parsed.timestamp;
    if (marker) this.#endedAt = parsed.timestamp;
    return payloads.map((payload, index) =>
      writeRtp({
        marker: marker && index === payloads.length - 1,
        payloadType: payloadTypeOut,
        sequenceNumber: this.#sequenceOut++,
        timestamp,
        ssrc: parsed.ssrc,
        payload,
      }),
    );
  }

  /** @returns the timestamp that the packet goes out with; `undefined` for one that is late or came before */
  #advance({ sequenceNumber, timestamp }: RtpPacketView, arrivalMs: number): number | undefined {
    const last = this.#position;
    if (last === undefined) {
      this.#position = { sequence: sequenceNumber, cameraTimestamp: timestamp, timestamp, arrivalMs };
      return timestamp;
    }
    const missing = (sequenceNumber - last.sequence - 1) & 0xffff;
    const late = missing >= 0x8000;
    this.#lateInRow = late ? this.#lateInRow + 1 : 0;
    // Late packets alone mean that the camera began to count anew.
    if (late && this.#lateInRow < mostLateInRow) return undefined;
    if (missing > 0) {
      this.#packer.forget();
      this.#sequenceOut += late ? 1 : missing;
    }
    const step = (timestamp - last.cameraTimestamp) | 0;
    const passed = Math.round((arrivalMs - last.arrivalMs) * 90);
    const jumps = Math.abs(step - passed) > jumpTicks;
    const out = last.timestamp + (jumps ? Math.max(leastStepTicks, passed) : step);
    this.#position = { sequence: sequenceNumber, cameraTimestamp: timestamp, timestamp: out, arrivalMs };
    return out;
  }

  #look({ payload, timestamp }: RtpPacketView, nals: readonly Buffer[]): void {
    const type = typeOfNal(payload);
    if (type === 0 || (type > nalType.stapA && type !== nalType.fuA)) {
      this.#unfit ??= 'a way of packing that is unknown';
    }
    for (const nal of nals) {
      if (isSlice(nal)) {
        if (this.#endedAt === timestamp) this.#unfit ??= 'several markers a picture';
        this.#slicesAt = timestamp;
      }
      if (isBSlice(nal)) this.#unfit ??= 'B-frames';
      if (isParameterSet(nal) && type !== nalType.fuA && this.#sets.accept(nal)) {
        if (typeOfNal(nal) === nalType.sps) this.#setsAt = timestamp;
      }
    }
  }

  /** Viewers cannot begin with a keyframe whose parameter sets came only once, or apart from it. */
  #setsBefore(timestamp: number, nals: readonly Buffer[]): Buffer[] {
    const begins = nals.some((nal) => typeOfNal(nal) === nalType.idr) && this.#setsAt !== timestamp;
    if (!begins || !this.#sets.complete) return [];
    this.#setsAt = timestamp;
    return this.#sets.nals();
  }

  #cut(payload: Buffer): Buffer[] {
    const type = typeOfNal(payload);
    if (type === nalType.fuA) return payload.length < 3 ? [] : this.#packer.fragment(payload);
    if (type !== nalType.stapA || payload.length <= mostPayloadBytes) return this.#packer.whole(payload);
    return (splitStapA(payload) ?? []).flatMap((nal) => this.#packer.whole(nal));
  }
}

function isParameterSet(nal: Buffer): boolean {
  const type = typeOfNal(nal);
  return type === nalType.sps || type === nalType.pps;
}
