import type { AccessUnit } from '../../../streams/access-unit.js';
import { monotonicMs } from '../../../streams/clock.js';
import type {
  DecodedFrame,
  Decoder,
  DecoderHandlers,
  DecoderOptions,
} from '../../../streams/decode/decoder.js';
import { People, type LabelledFace } from '../../track/people.js';
import { isCut, thumbnail, type Thumbnail } from '../../track/scene-cut.js';
import type { CameraAccount, CameraAnalysis, TracksMessage } from '../messages.js';
import type { DemandingCamera, FrameDemand } from './frame-demand.js';
import { FrameLedger } from './frame-ledger.js';

/** What a pipeline is made from. */
export interface CameraPipelineParts {
  readonly createDecoder: (options: DecoderOptions, handlers: DecoderHandlers) => Decoder;
  /** Gives track ids: random, never the same twice. */
  readonly newId: () => string;
  /** Long side of the decoded frames in pixels. */
  readonly frameSide: number;
  /** A frame waits to be taken. */
  readonly onWaiting: () => void;
  readonly onKeyframeWanted: () => void;
  readonly onError: (reason: string) => void;
  /** Says whether a frame is worth decoding now. */
  readonly demand: FrameDemand;
  /** Milliseconds that only grow; `monotonicMs` where absent. */
  readonly clock?: () => number;
}

const ticksPerMs = 90;
const longestPeriodMs = 1000;

/** One camera inside an analysis process: its decoder, the newest frame, its people, and its books. */
export class CameraPipeline implements DemandingCamera {
  readonly camera: CameraAnalysis;
  /** When a frame of it was last taken, by the scheduler's own count; cameras served longest ago go first. */
  lastServed = -1;
  /** When its last frame came out of the decoder, in milliseconds; `undefined` before the first. */
  lastFrameMs: number | undefined;
  /** Between two of its pictures, a running mean in milliseconds. */
  periodMs = 100;
  #lastTimestamp: number | undefined;
  readonly #parts: CameraPipelineParts;
  readonly #clock: () => number;
  readonly #ledger = new FrameLedger();
  readonly #people: People;
  #decoder: Decoder | undefined;
  #newest: DecodedFrame | undefined;
  #lastThumbnail: Thumbnail | undefined;
  /** The scene changed with a frame that was taken and is not finished yet. */
  #cut = false;
  #closed = false;

  constructor(camera: CameraAnalysis, parts: CameraPipelineParts) {
    this.camera = camera;
    this.#parts = parts;
    this.#clock = parts.clock ?? monotonicMs;
    this.#people = new People({ newId: parts.newId });
  }

  /** Takes the next access unit. */
  write(unit: AccessUnit): void {
    if (this.#closed) return;
    if (this.#resumed(unit)) this.#ledger.received();
    else this.#ledger.primed();
    this.#measurePeriod(unit);
    this.#decoder ??= this.#startDecoder(unit);
    this.#decoder.write(unit, this.#parts.demand.wants(this, this.#clock()));
  }

  /** True while a frame waits. */
  get hasFrame(): boolean {
    return this.#newest !== undefined;
  }

  /** Hands out the newest frame, once. It must come back to `finish` or `fail`; its pixels need not. */
  take(): DecodedFrame | undefined {
    const frame = this.#newest;
    this.#newest = undefined;
    if (frame !== undefined && this.camera.cutsPossible && this.#sceneCut(frame)) this.#cut = true;
    return frame;
  }

  /**
   * Counts a frame as processed.
   *
   * @param faces boxes in pixels of the decoded frame
   * @returns what to tell of it; nothing when the camera was closed meanwhile
   */
  finish(
    frame: Omit<DecodedFrame, 'data'>,
    faces: readonly LabelledFace[],
    timing: Omit<TracksMessage['timing'], 'decodeMs'>,
  ): TracksMessage | undefined {
    if (this.#closed) return undefined;
    this.#ledger.processed();
    const scale = frame.sourceWidth / frame.width;
    const { tracks, ended } = this.#people.update({
      faces: faces.map((face) => inPicture(face, scale, frame.sourceHeight / frame.height)),
      atMs: frame.capturedAtMs,
      cut: this.#cut,
      analysedScale: 1 / scale,
    });
    this.#cut = false;
    return {
      type: 'tracks',
      cameraId: this.camera.cameraId,
      generation: this.camera.generation,
      rtpTimestamp: frame.rtpTimestamp,
      capturedAtMs: frame.capturedAtMs,
      width: frame.sourceWidth,
      height: frame.sourceHeight,
      tracks,
      ended,
      timing: { decodeMs: frame.decodedAtMs - frame.capturedAtMs, ...timing },
    };
  }

  /** Counts a frame that the models failed on. */
  fail(): void {
    if (!this.#closed) this.#ledger.lost();
  }

  account(): CameraAccount {
    return { generation: this.camera.generation, ...this.#ledger.account() };
  }

  /** Stops decoding and counts what is under way as lost. Idempotent. */
  async close(): Promise<void> {
    await this.#decoder?.close();
    if (this.#closed) return;
    this.#closed = true;
    this.#newest = undefined;
    this.#ledger.lost(this.#ledger.waiting);
  }

  #measurePeriod({ extendedTimestamp }: AccessUnit): void {
    const stepMs = (extendedTimestamp - (this.#lastTimestamp ?? extendedTimestamp)) / ticksPerMs;
    this.#lastTimestamp = extendedTimestamp;
    // A hole or a jump says nothing of the rate.
    if (stepMs > 0 && stepMs < longestPeriodMs) this.periodMs += (stepMs - this.periodMs) / 8;
  }

  #startDecoder(unit: AccessUnit): Decoder {
    const { codec, fps } = this.camera;
    return this.#parts.createDecoder(
      { codec, width: unit.width, height: unit.height, maxSide: this.#parts.frameSide, fps },
      {
        onFrame: (frame) => {
          this.#arrive(frame);
        },
        onDropped: (reason, count) => {
          this.#ledger.dropped(reason, count);
        },
        onLost: (count) => {
          this.#ledger.lost(count);
        },
        onKeyframeWanted: this.#parts.onKeyframeWanted,
        onError: this.#parts.onError,
      },
    );
  }

  #arrive(frame: DecodedFrame): void {
    if (this.#closed) return;
    if (!this.#resumed(frame)) {
      this.#ledger.dropped('stale');
      return;
    }
    this.lastFrameMs = this.#clock();
    this.#parts.demand.decoded(frame.decodedAtMs - frame.capturedAtMs);
    if (this.#newest !== undefined) this.#ledger.dropped('stale');
    this.#newest = frame;
    this.#parts.onWaiting();
  }

  #resumed({ extendedTimestamp }: { readonly extendedTimestamp: number }): boolean {
    return this.camera.resumeAfter === undefined || extendedTimestamp > this.camera.resumeAfter;
  }

  #sceneCut(frame: DecodedFrame): boolean {
    const before = this.#lastThumbnail;
    this.#lastThumbnail = thumbnail(frame);
    return before !== undefined && isCut(before, this.#lastThumbnail);
  }
}

/** Maps a face from the decoded frame to the camera's picture. */
function inPicture(face: LabelledFace, scaleX: number, scaleY: number): LabelledFace {
  const { x, y, width, height } = face.box;
  return { ...face, box: { x: x * scaleX, y: y * scaleY, width: width * scaleX, height: height * scaleY } };
}
