import type { Box } from '../../../models/image.js';
import type { AccessUnit } from '../../../streams/access-unit.js';
import type {
  DecodedFrame,
  Decoder,
  DecoderHandlers,
  DecoderOptions,
} from '../../../streams/decode/decoder.js';
import { People, type KnownFace, type LabelledFace } from '../../track/people.js';
import { isCut, thumbnail, type Thumbnail } from '../../track/scene-cut.js';
import type { CameraAccount, CameraAnalysis, TracksMessage } from '../messages.js';
import { EffortBook } from './effort-book.js';
import type { BudgetCamera } from './frame-budget.js';
import type { KeptFrame } from '../../evidence/make-picture.js';
import { FrameKeeper } from './frame-keeper.js';
import { FrameLedger } from './frame-ledger.js';
import { MotionGate } from './motion-gate.js';

/** What a pipeline is made from. */
export interface CameraPipelineParts {
  readonly createDecoder: (options: DecoderOptions, handlers: DecoderHandlers) => Decoder;
  /** Gives track ids: random, never the same twice. */
  readonly newId: () => string;
  /** Long side of the decoded frames in pixels. */
  readonly frameSide: number;
  /** A frame waits to be taken. */
  readonly onWaiting: () => void;
  /** A frame was finished that never waited, because nothing had moved. */
  readonly onUnmoved: (message: TracksMessage) => void;
  readonly onKeyframeWanted: () => void;
  readonly onError: (reason: string) => void;
  /** Whether the newest analysed frame is kept; never where absent. */
  readonly keepsFrames?: () => boolean;
}

/** A frame to analyse. */
export interface TakenFrame {
  readonly frame: DecodedFrame;
  /** People who need not be looked at, boxes in pixels of the frame. */
  readonly known: readonly KnownFace[];
}

/** A rate that differs by less than this part from the one before is not worth a change. */
const worthChanging = 0.03;

/** One camera inside an analysis process: its decoder, the newest frame, its people, and its books. */
export class CameraPipeline implements BudgetCamera {
  readonly camera: CameraAnalysis;
  /** Its place in the order in which cameras are served; see `Turns`. */
  turn = 0;
  readonly #parts: CameraPipelineParts;
  readonly #ledger = new FrameLedger();
  readonly #effort = new EffortBook();
  readonly #people: People;
  readonly #gate = new MotionGate();
  readonly #keeper: FrameKeeper;
  #decoder: Decoder | undefined;
  #newest: DecodedFrame | undefined;
  /** Frames that were taken and did not come back yet. */
  #underWay = 0;
  #lastThumbnail: Thumbnail | undefined;
  /** The scene changed with a frame that was taken and is not finished yet. */
  #cut = false;
  /** The faces of the last searched frame, boxes in pixels of the camera's picture, without labels. */
  #lastFaces: readonly LabelledFace[] = [];
  #effectiveFps: number;
  #closed = false;

  constructor(camera: CameraAnalysis, parts: CameraPipelineParts) {
    this.camera = camera;
    this.#parts = parts;
    this.#people = new People({ newId: parts.newId });
    this.#keeper = new FrameKeeper(parts.keepsFrames ?? (() => false));
    this.#effectiveFps = camera.fps;
  }

  /** What one of its frames cost of late, in milliseconds of the models. */
  get costMs(): number {
    return this.#effort.costMs;
  }

  /** Frames a second that it asks for. */
  get fps(): number {
    return this.camera.fps;
  }

  /** True when there are people or there is motion in view. */
  get watched(): boolean {
    return this.#lastFaces.length > 0 || this.#gate.moving;
  }

  /** Gives it another rate, at most the one that it asks for: all other pictures are dropped before they are scaled. */
  grant(fps: number): void {
    if (Math.abs(fps - this.#effectiveFps) < worthChanging * fps) return;
    this.#effectiveFps = fps;
    this.#decoder?.setFps(fps);
  }

  /** Takes the next access unit. */
  write(unit: AccessUnit): void {
    if (this.#closed) return;
    if (this.#resumed(unit)) this.#ledger.received();
    else this.#ledger.primed();
    this.#decoder ??= this.#startDecoder(unit);
    this.#decoder.write(unit);
  }

  /** True while a frame waits. */
  get hasFrame(): boolean {
    return this.#newest !== undefined;
  }

  /** Hands out the newest frame, once. It must come back to `finish` or `fail`; its pixels need not. */
  take(): TakenFrame | undefined {
    const frame = this.#newest;
    this.#newest = undefined;
    if (frame === undefined) return undefined;
    this.#underWay++;
    this.#keeper.taken(frame);
    this.#gate.searching(frame.capturedAtMs);
    if (this.camera.cutsPossible && this.#sceneCut(frame)) this.#cut = true;
    const { width, height, sourceWidth, sourceHeight } = frame;
    const known = this.#people.known(frame.capturedAtMs);
    return { frame, known: known.map((face) => scaled(face, width / sourceWidth, height / sourceHeight)) };
  }

  /**
   * Counts a frame as processed.
   *
   * @param faces boxes in pixels of the decoded frame
   * @param costMs its share of the time that the models took
   * @returns what to tell of it; nothing when the camera was closed meanwhile
   */
  finish(
    frame: Omit<DecodedFrame, 'data'>,
    faces: readonly LabelledFace[],
    timing: Omit<TracksMessage['timing'], 'decodeMs'>,
    costMs: number,
  ): TracksMessage | undefined {
    this.#underWay--;
    if (this.#closed) return undefined;
    this.#effort.searched(costMs, faces);
    const { width, height, sourceWidth, sourceHeight } = frame;
    const inPicture = faces.map((face) => scaled(face, sourceWidth / width, sourceHeight / height));
    this.#lastFaces = inPicture.map(({ box, score }) => ({ box, score }));
    return this.#tell(frame, inPicture, timing);
  }

  /** Counts a frame that the models failed on. */
  fail(): void {
    this.#underWay--;
    this.#gate.forget();
    if (!this.#closed) this.#ledger.lost();
  }

  /** The newest analysed frame, with where faces are or were a moment ago; undefined while none is kept. */
  get kept(): KeptFrame | undefined {
    return this.#closed ? undefined : this.#keeper.kept;
  }

  account(): CameraAccount {
    return {
      generation: this.camera.generation,
      ...this.#ledger.account(),
      effort: this.#effort.at(this.#effectiveFps),
    };
  }

  /** Stops decoding and counts what is under way as lost. Idempotent. */
  async close(): Promise<void> {
    await this.#decoder?.close();
    if (this.#closed) return;
    this.#closed = true;
    this.#newest = undefined;
    this.#ledger.lost(this.#ledger.waiting);
  }

  #startDecoder(unit: AccessUnit): Decoder {
    return this.#parts.createDecoder(
      {
        codec: this.camera.codec,
        width: unit.width,
        height: unit.height,
        maxSide: this.#parts.frameSide,
        fps: this.#effectiveFps,
      },
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
    const rests = this.#gate.rests(frame, frame.capturedAtMs);
    if (rests && !this.hasFrame && this.#underWay === 0 && this.#people.atRest) {
      this.#effort.spared();
      this.#keeper.taken(frame);
      this.#parts.onUnmoved(this.#tell(frame, this.#lastFaces, { detectMs: 0, classifyMs: 0 }));
      return;
    }
    if (this.#newest !== undefined) this.#ledger.dropped('stale');
    this.#newest = frame;
    this.#parts.onWaiting();
  }

  #tell(
    frame: Omit<DecodedFrame, 'data'>,
    faces: readonly LabelledFace[],
    timing: Omit<TracksMessage['timing'], 'decodeMs'>,
  ): TracksMessage {
    this.#ledger.processed();
    const { tracks, ended } = this.#people.update({
      faces,
      atMs: frame.capturedAtMs,
      cut: this.#cut,
      analysedScale: frame.width / frame.sourceWidth,
    });
    this.#cut = false;
    this.#keeper.analysed(frame, [...faces, ...tracks]);
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

  #resumed({ extendedTimestamp }: { readonly extendedTimestamp: number }): boolean {
    return this.camera.resumeAfter === undefined || extendedTimestamp > this.camera.resumeAfter;
  }

  #sceneCut(frame: DecodedFrame): boolean {
    const before = this.#lastThumbnail;
    this.#lastThumbnail = thumbnail(frame);
    return before !== undefined && isCut(before, this.#lastThumbnail);
  }
}

/** Maps a face from one picture to another of the same scene. */
function scaled<F extends { readonly box: Box }>(face: F, across: number, down: number): F {
  const { x, y, width, height } = face.box;
  return { ...face, box: { x: x * across, y: y * down, width: width * across, height: height * down } };
}
