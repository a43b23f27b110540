import type { AccessUnit, VideoCodec } from '../access-unit.js';
import { monotonicMs } from '../clock.js';
import { FfmpegDecoder } from './ffmpeg-decoder.js';
import type { FrameMemory } from './frame-memory.js';

/** One decoded picture, scaled for analysis. */
export interface DecodedFrame {
  /** The RTP timestamp of the access unit it came from: uint32, 90 kHz. */
  readonly rtpTimestamp: number;
  /** The same timestamp unwrapped, in 90 kHz ticks. */
  readonly extendedTimestamp: number;
  /** Arrival of the first packet of the picture, in milliseconds of `monotonicMs()`. */
  readonly capturedAtMs: number;
  /** When the picture left the decoder, in milliseconds of `monotonicMs()`. */
  readonly decodedAtMs: number;
  /** Size of `data` in pixels: even numbers, the long side at most `DecoderOptions.maxSide`. */
  readonly width: number;
  readonly height: number;
  /** Size of the camera's picture in pixels. */
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  /** rgb24, row-major, no padding: `width * height * 3` bytes. It belongs to the receiver. */
  readonly data: Buffer;
}

/** Why an access unit gave no frame; the same words as in the analysis protocol. */
export type DecoderDropReason = 'rate' | 'decoder-full' | 'no-keyframe' | 'undecodable';

/** What to decode and how small. */
export interface DecoderOptions {
  readonly codec: VideoCodec;
  /** Expected size of the camera's picture in pixels; each unit's own size wins. */
  readonly width: number;
  readonly height: number;
  /** Long side of the frames in pixels, at least 16; smaller pictures are not enlarged. */
  readonly maxSide: number;
  /** Frames a second to hand on, at most; above 0. */
  readonly fps: number;
  /** What the frames are put into, where they are given back to it; memory of the decoder's own where absent. */
  readonly memory?: FrameMemory;
}

/**
 * What a decoder reports. Every unit written ends in exactly one call that counts it: `onFrame`, `onDropped` or
 * `onLost`. Handlers must not throw.
 */
export interface DecoderHandlers {
  /** In order of time. */
  onFrame(frame: DecodedFrame): void;
  onDropped(reason: DecoderDropReason, count: number): void;
  /** Units that were inside the decoder when it died or was stopped. */
  onLost(count: number): void;
  /** Nothing can be decoded before the next keyframe: ask the sender for one where that is possible. */
  onKeyframeWanted(): void;
  /** ffmpeg failed, in plain words; the decoder starts again by itself at the next keyframe. */
  onError(reason: string): void;
}

/** Turns the access units of one camera into small rgb24 frames. */
export interface Decoder {
  /** Takes the next access unit, in order. Never blocks and never throws; does nothing after `close`. */
  write(unit: AccessUnit): void;
  /** Changes the frame rate from the next unit on; costs nothing. */
  setFps(fps: number): void;
  /** Units inside the decoder now: not yet counted by any handler. */
  readonly waiting: number;
  /** Stops ffmpeg and counts what is inside as lost. Idempotent; resolves when the process is gone. */
  close(): Promise<void>;
}

/** Makes a decoder; ffmpeg starts with the first keyframe written. */
export function createDecoder(options: DecoderOptions, handlers: DecoderHandlers): Decoder {
  return new FfmpegDecoder(options, handlers, monotonicMs);
}
