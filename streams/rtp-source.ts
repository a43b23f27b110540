import type { AccessUnit, VideoCodec } from './access-unit.js';

/** Counters of one source since it was created; they only grow. */
export interface RtpSourceStats {
  /** RTP packets that arrived. */
  readonly packets: number;
  readonly bytes: number;
  /** Sequence numbers that never arrived (RFC 3550, appendix A.3). */
  readonly packetsLost: number;
  /** Whole access units handed on. */
  readonly accessUnits: number;
  /** Pictures thrown away before they were whole: lost packets, or no keyframe yet. */
  readonly accessUnitsDropped: number;
}

/**
 * One camera's video, whatever it came from: the common currency between sources, viewers and analysis.
 *
 * Sequence numbers and timestamps stay continuous over reconnects of the camera, so viewers need not rejoin.
 * Buffers handed to listeners are shared between all of them and must never be written to.
 */
export interface RtpSource {
  readonly cameraId: string;
  /** The codec of the last packets; `undefined` until the first one came. */
  readonly codec: VideoCodec | undefined;
  /** Size of the last keyframe in pixels. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  /** True where `requestKeyframe` reaches someone who makes one (a browser); cameras make theirs when they like. */
  readonly answersKeyframeRequests?: boolean;
  /** Each RTP packet as it came, without header extensions. Returns the function that ends the subscription. */
  onPacket(listener: (packet: Buffer) => void): () => void;
  /** Each whole access unit, in order. Returns the function that ends the subscription. */
  onAccessUnit(listener: (unit: AccessUnit) => void): () => void;
  /** The packets since the last keyframe, oldest first: what a new viewer needs to see a picture at once. */
  gopPackets(): readonly Buffer[];
  /** The access units since the last keyframe, for a decoder that starts in the middle of a group of pictures. */
  gopUnits(): readonly AccessUnit[];
  /** Asks the sender for a keyframe where it can be asked (a browser); limited to one request a second. */
  requestKeyframe(): void;
  stats(): RtpSourceStats;
}
