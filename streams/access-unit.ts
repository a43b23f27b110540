/** Video codecs that travel inside the product; everything else is transcoded to H.264 at the source. */
export type VideoCodec = 'h264' | 'vp8';

/** One compressed picture, as the depacketiser hands it to analysis. */
export interface AccessUnit {
  /** RTP timestamp of the picture: uint32, 90 kHz clock (RFC 3550, section 5.1). */
  readonly rtpTimestamp: number;
  /** The same timestamp unwrapped to a growing number, in 90 kHz ticks. */
  readonly extendedTimestamp: number;
  /** True when decoding can start at this picture. */
  readonly keyframe: boolean;
  /** True when no other picture refers to this one, so that it may be left out of decoding. */
  readonly disposable?: boolean;
  /** Annex B byte stream for H.264 (parameter sets before every IDR), a bare frame for VP8. */
  readonly data: Buffer;
  /** Arrival of the first packet of the picture, in milliseconds of `monotonicMs()`. */
  readonly capturedAtMs: number;
  /** Picture size in pixels, known from the last keyframe. */
  readonly width: number;
  readonly height: number;
}
