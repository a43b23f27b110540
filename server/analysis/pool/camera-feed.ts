import type { AccessUnit, VideoCodec } from '../../../streams/access-unit.js';
import type { RtpSource } from '../../../streams/rtp-source.js';
import type { CameraAccount, FrameAccount, ToAnalysis, TracksMessage } from '../messages.js';
import type { PoolCamera, PoolLimits } from '../pool-contract.js';
import { LifeAccounts } from './life-accounts.js';

/** The way into a process. */
export interface UnitSink {
  send(message: ToAnalysis, onSent?: () => void): void;
}

/** What a feed is made from. */
export interface CameraFeedParts {
  readonly limits: Pick<PoolLimits, 'pendingMessages' | 'pendingBytes'>;
  /** Gives numbers that grow over all feeds of a pool. */
  readonly nextGeneration: () => number;
  /** The people that a process told of are gone with it. */
  readonly onInterrupted: () => void;
  /** An earlier, closed feed of the same camera, whose books are continued. */
  readonly before?: CameraFeed;
}

/** One opening of the camera in one process. */
interface Life {
  readonly sink: UnitSink;
  readonly generation: number;
  readonly codec: VideoCodec;
  pendingMessages: number;
  pendingBytes: number;
}

/** How a unit is handed on. */
interface Passing {
  /** False for a unit that an earlier process was given: it only primes the decoder. */
  readonly counted: boolean;
  /** True for a unit out of the source's cache. */
  readonly replayed: boolean;
  readonly resumeAfter: number | undefined;
}

/**
 * Carries one camera's access units from its source to whatever process analyses it now, and keeps the camera's books over
 * all of them.
 */
export class CameraFeed {
  readonly camera: PoolCamera;
  readonly #source: RtpSource;
  readonly #parts: CameraFeedParts;
  readonly #accounts: LifeAccounts;
  #sink: UnitSink | undefined;
  #life: Life | undefined;
  #skipToKeyframe = false;
  #lastTimestamp: number | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(camera: PoolCamera, source: RtpSource, parts: CameraFeedParts) {
    this.camera = camera;
    this.#source = source;
    this.#parts = parts;
    const { before } = parts;
    this.#accounts = before?.accounts ?? new LifeAccounts();
    if (before !== undefined && before.#source === source) this.#lastTimestamp = before.#lastTimestamp;
  }

  get accounts(): LifeAccounts {
    return this.#accounts;
  }

  /** Feeds a process from now on, beginning with the pictures since the last keyframe. */
  attach(sink: UnitSink): void {
    this.#sink = sink;
    this.#skipToKeyframe = false;
    const resumeAfter = this.#lastTimestamp;
    for (const unit of this.#source.gopUnits()) {
      const isNew = resumeAfter === undefined || unit.extendedTimestamp > resumeAfter;
      if (isNew) this.#count(unit);
      this.#pass(unit, { counted: isNew, replayed: true, resumeAfter });
    }
    this.#unsubscribe ??= this.#source.onAccessUnit((unit) => {
      this.#take(unit);
    });
  }

  /** The process is gone or the camera is to leave it: what is under way is lost, and so is what comes until `attach`. */
  detach(): void {
    this.#sink = undefined;
    this.#endLife();
  }

  /** Counts a result. @returns false for one of an earlier life, which is to be ignored */
  processed({ generation }: TracksMessage): boolean {
    if (generation !== this.#life?.generation) return false;
    this.#accounts.processed();
    return true;
  }

  /** Takes in what the process says of its own books. */
  reported(account: CameraAccount): void {
    if (account.generation === this.#life?.generation) this.#accounts.reported(account);
  }

  account(): FrameAccount {
    return this.#accounts.account();
  }

  requestKeyframe(): void {
    this.#source.requestKeyframe();
  }

  /** Stops listening to the source. Idempotent. */
  close(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#sink?.send({ type: 'close', cameraId: this.camera.cameraId });
    this.detach();
  }

  #take(unit: AccessUnit): void {
    const resumeAfter = this.#lastTimestamp;
    this.#count(unit);
    this.#pass(unit, { counted: true, replayed: false, resumeAfter });
  }

  #count(unit: AccessUnit): void {
    this.#lastTimestamp = unit.extendedTimestamp;
    this.#accounts.received();
  }

  /** Hands a unit on. Counted ones that cannot go are accounted for here; the others only prime the decoder. */
  #pass(unit: AccessUnit, { counted, replayed, resumeAfter }: Passing): void {
    if (this.#sink === undefined) {
      if (counted) this.#accounts.lost();
      return;
    }
    if (this.#skipToKeyframe && !unit.keyframe) {
      if (counted) this.#accounts.dropped('decoder-full');
      return;
    }
    const life = this.#lifeFor(this.#sink, resumeAfter);
    if (life === undefined) {
      if (counted) this.#accounts.dropped('no-keyframe');
      return;
    }
    const { pendingMessages, pendingBytes } = this.#parts.limits;
    const full = life.pendingMessages >= pendingMessages || life.pendingBytes >= pendingBytes;
    // What is replayed is bounded by the source's own cache, and cut short it would be of no use.
    this.#skipToKeyframe = full && !replayed;
    if (this.#skipToKeyframe) {
      this.#accounts.dropped('decoder-full');
      this.#source.requestKeyframe();
      return;
    }
    this.#send(life, unit);
    if (counted) this.#accounts.sent();
  }

  #send(life: Life, unit: AccessUnit): void {
    const { generation } = life;
    life.pendingMessages++;
    life.pendingBytes += unit.data.length;
    life.sink.send({ type: 'unit', cameraId: this.camera.cameraId, generation, unit }, () => {
      life.pendingMessages--;
      life.pendingBytes -= unit.data.length;
    });
  }

  /** The life that takes the next unit: a new one when there is none yet or when the camera changed its codec. */
  #lifeFor(sink: UnitSink, resumeAfter: number | undefined): Life | undefined {
    const { codec } = this.#source;
    if (codec === undefined || codec === this.#life?.codec) return this.#life;
    this.#endLife();
    const generation = this.#parts.nextGeneration();
    this.#life = { sink, generation, codec, pendingMessages: 0, pendingBytes: 0 };
    const resumed = resumeAfter === undefined ? {} : { resumeAfter };
    sink.send({ type: 'open', camera: { ...this.camera, generation, codec, ...resumed } });
    return this.#life;
  }

  #endLife(): void {
    if (this.#life === undefined) return;
    this.#life = undefined;
    this.#accounts.endLife();
    this.#parts.onInterrupted();
  }
}
