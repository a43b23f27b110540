import type { AccessUnit } from '../access-unit.js';
import { plainReason } from '../ffmpeg/plain-reason.js';
import { DecodeSession } from './decode-session.js';
import type { DecodeSessionHandlers, WaitingUnit } from './decode-session.js';
import type { Decoder, DecoderDropReason, DecoderHandlers, DecoderOptions } from './decoder.js';
import { DisposablePictures } from './disposable-pictures.js';
import { FrameMemory } from './frame-memory.js';
import { FrameRateGate } from './frame-rate-gate.js';
import type { PictureSize } from './frame-size.js';
import { fitWithin, sameShape } from './frame-size.js';

/** A decoder further behind than this takes nothing more before the next keyframe. */
const fullAfterMs = 2000;
/** A unit without frame after this: ffmpeg could not decode it, or hangs. */
const hopelessAfterMs = 5000;
const fullAtBytes = 8 * 1024 * 1024;
const fullAtUnits = 256;
const keyframeRequestEveryMs = 1000;
const longestPauseMs = 30_000;

/** The `Decoder` that runs ffmpeg: one session at a time, replaced when it dies or when the picture's shape changes. */
export class FfmpegDecoder implements Decoder {
  readonly #options: DecoderOptions;
  readonly #handlers: DecoderHandlers;
  readonly #clock: () => number;
  readonly #memory: FrameMemory;
  readonly #gate: FrameRateGate;
  readonly #disposable = new DisposablePictures();
  #fps: number;
  readonly #sessions = new Map<DecodeSession, Promise<void>>();
  #current: DecodeSession | undefined;
  /** Why units are skipped until the next keyframe; `undefined` while they are not. */
  #skipping: DecoderDropReason | undefined = 'no-keyframe';
  #nextIndex = 0;
  #failures = 0;
  #startNotBeforeMs = -Infinity;
  #keyframeAskedAtMs = -Infinity;
  #closed = false;

  constructor(options: DecoderOptions, handlers: DecoderHandlers, clock: () => number) {
    this.#options = options;
    this.#handlers = handlers;
    this.#clock = clock;
    this.#memory = options.memory ?? new FrameMemory();
    this.#fps = options.fps;
    this.#gate = new FrameRateGate(options.fps);
  }

  get waiting(): number {
    let sum = 0;
    for (const session of this.#sessions.keys()) sum += session.waiting;
    return sum;
  }

  setFps(fps: number): void {
    this.#fps = fps;
    this.#gate.setFps(fps);
  }

  write(unit: AccessUnit): void {
    if (this.#closed) return;
    const nowMs = this.#clock();
    this.#giveUpHopeless(nowMs);
    if (this.#isFull(nowMs)) this.#skipping = 'decoder-full';
    else if (unit.keyframe) this.#skipping = undefined;
    if (this.#skipping !== undefined) {
      this.#handlers.onDropped(this.#skipping, 1);
      this.#wantKeyframe(nowMs);
      return;
    }
    const session = this.#sessionFor(unit, nowMs);
    if (session === undefined) {
      this.#skipping = 'no-keyframe';
      this.#handlers.onDropped('undecodable', 1);
      return;
    }
    const wanted = this.#wants(unit);
    if (!wanted && unit.disposable === true) {
      // Nothing refers to it: the decoder need not even see it.
      this.#handlers.onDropped('rate', 1);
      return;
    }
    session.write({ index: this.#nextIndex, unit, writtenAtMs: nowMs }, wanted);
    this.#nextIndex += 1;
    if (!wanted) this.#handlers.onDropped('rate', 1);
  }

  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      for (const session of this.#sessions.keys()) {
        this.#lose(session.forget());
        void session.stop();
      }
    }
    await Promise.all(this.#sessions.values());
  }

  #wants({ extendedTimestamp, disposable }: AccessUnit): boolean {
    if (disposable !== true) this.#disposable.reference(extendedTimestamp);
    else if (this.#disposable.mayGo(extendedTimestamp, this.#fps)) return false;
    return this.#gate.wants(extendedTimestamp);
  }

  /** The session that can take the unit; a new one where the shape changed or none runs. */
  #sessionFor(unit: AccessUnit, nowMs: number): DecodeSession | undefined {
    const current = this.#current;
    if (!unit.keyframe) return current;
    const source = this.#sizeOf(unit);
    const target = fitWithin(source, this.#options.maxSide);
    if (current !== undefined) {
      // A smaller picture of the same shape is scaled up to the size that runs: no restart for a browser that adapts.
      if (target.width <= current.target.width && sameShape(target, current.target)) return current;
      current.finish();
      this.#current = undefined;
    }
    if (nowMs < this.#startNotBeforeMs) return undefined;
    return this.#start(source, target);
  }

  #sizeOf(unit: AccessUnit): PictureSize {
    return unit.width > 0 && unit.height > 0 ? unit : this.#options;
  }

  #start(source: PictureSize, target: PictureSize): DecodeSession {
    const handlers: DecodeSessionHandlers = {
      onFrame: (waiting, size, data) => {
        this.#deliver(waiting, size, data);
      },
      onSkipped: (count) => {
        if (!this.#closed) this.#handlers.onDropped('undecodable', count);
      },
      onExit: (lost, tail) => {
        this.#sessions.delete(session);
        this.#lose(lost);
        if (this.#current === session) this.#died(session, tail);
      },
    };
    const earlier = Promise.all(this.#sessions.values()).then(() => undefined);
    const session = new DecodeSession(this.#options.codec, source, target, handlers, this.#memory, earlier);
    this.#current = session;
    this.#sessions.set(session, session.exited);
    return session;
  }

  #deliver({ unit }: WaitingUnit, size: PictureSize, data: Buffer): void {
    this.#failures = 0;
    this.#handlers.onFrame({
      rtpTimestamp: unit.rtpTimestamp,
      extendedTimestamp: unit.extendedTimestamp,
      capturedAtMs: unit.capturedAtMs,
      decodedAtMs: this.#clock(),
      width: size.width,
      height: size.height,
      sourceWidth: unit.width,
      sourceHeight: unit.height,
      data,
    });
  }

  #died(session: DecodeSession, tail: readonly string[]): void {
    this.#current = undefined;
    this.#skipping = 'no-keyframe';
    if (this.#closed) return;
    if (!session.productive) {
      this.#failures += 1;
      const pauseMs = Math.min(longestPauseMs, 500 * 2 ** this.#failures);
      this.#startNotBeforeMs = this.#clock() + pauseMs;
    }
    this.#handlers.onError(`decoder stopped: ${plainReason(tail).reason}`);
    this.#wantKeyframe(this.#clock());
  }

  #isFull(nowMs: number): boolean {
    const session = this.#current;
    if (session === undefined) return false;
    if (session.backlogBytes > fullAtBytes || session.waiting >= fullAtUnits) return true;
    return session.backlogBytes > 0 && nowMs - (session.oldestWrittenAtMs ?? nowMs) > fullAfterMs;
  }

  #giveUpHopeless(nowMs: number): void {
    const session = this.#current;
    if (session === undefined || nowMs - (session.oldestWrittenAtMs ?? nowMs) <= hopelessAfterMs) return;
    if (session.backlogBytes === 0) {
      this.#handlers.onDropped('undecodable', session.forget());
    } else {
      this.#current = undefined;
      this.#skipping = 'no-keyframe';
      this.#lose(session.forget());
      this.#handlers.onError('decoder hung and was stopped');
      void session.stop();
    }
  }

  #lose(count: number): void {
    if (count > 0) this.#handlers.onLost(count);
  }

  #wantKeyframe(nowMs: number): void {
    if (nowMs - this.#keyframeAskedAtMs < keyframeRequestEveryMs) return;
    this.#keyframeAskedAtMs = nowMs;
    this.#handlers.onKeyframeWanted();
  }
}
