import type { AccessUnit, VideoCodec } from '../access-unit.js';
import type { RtpSource, RtpSourceStats } from '../rtp-source.js';

/** What a new upstream can do. */
export interface UpstreamOptions {
  /** Asks the sender for a keyframe; absent for senders that cannot be asked, such as cameras. */
  readonly requestKeyframe?: () => void;
}

/** The way in for the packets of one upstream: one run of ffmpeg, one WHIP session. */
export interface RtpIngest {
  /**
   * Takes one RTP packet. Never throws: what is no RTP is counted and dropped. The packet is copied, so the buffer may
   * be used again.
   *
   * @param arrivalMs when it arrived, in milliseconds of `monotonicMs()`
   */
  push(packet: Buffer, arrivalMs: number): void;
  /** Ends this upstream; later packets are dropped. Idempotent. */
  end(): void;
}

/** Counters of a hub; the contract's, and where packets went that were not handed on. */
export interface RtpHubStats extends RtpSourceStats {
  readonly packetsRejected: Readonly<Record<PacketRejection, number>>;
}

/** Why a packet was not handed on. */
export type PacketRejection =
  'malformed' | 'foreign-ssrc' | 'late-or-duplicate' | 'before-keyframe' | 'ended';

/** The `RtpSource` of one camera, fed by one upstream after the other. */
export declare class RtpHub implements RtpSource {
  constructor(cameraId: string, clock: () => number);
  readonly cameraId: string;
  get codec(): VideoCodec | undefined;
  get size(): { readonly width: number; readonly height: number } | undefined;
  /** Begins a new upstream and ends the one before. */
  begin(codec: VideoCodec, options?: UpstreamOptions): RtpIngest;
  onPacket(listener: (packet: Buffer) => void): () => void;
  onAccessUnit(listener: (unit: AccessUnit) => void): () => void;
  /** Called when packets of another codec than before arrive. Returns the function that ends the subscription. */
  onCodecChange(listener: (codec: VideoCodec) => void): () => void;
  gopPackets(): readonly Buffer[];
  gopUnits(): readonly AccessUnit[];
  requestKeyframe(): void;
  stats(): RtpHubStats;
  /** Ends the upstream and forgets all listeners. Idempotent. */
  close(): void;
}
