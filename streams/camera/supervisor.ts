import type { CameraStatus } from '../camera-status.js';
import type { RtpHub } from '../rtp/rtp-hub.js';
import type { Feed } from './feed.js';
import { SourceError } from './source-error.js';
import { supervisedStatus } from './supervised-status.js';
import type { Supervision, SupervisionEvent, SupervisionLimits } from './supervision.js';
import { notStarted, supervise } from './supervision.js';

/** Clocks, timers and chance; real ones in the product. */
export interface SupervisorTime {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Epoch milliseconds. */
  readonly epoch: () => number;
  /** 0..1. */
  readonly random: () => number;
  /** Calls back once after `ms`; the result calls it off. */
  readonly after: (ms: number, call: () => void) => () => void;
}

/** Runs the feed of one camera again and again, as `supervise` says. */
export class CameraSupervisor {
  readonly #feed: Feed;
  readonly #hub: RtpHub;
  readonly #limits: SupervisionLimits;
  readonly #time: SupervisorTime;
  readonly #onStatus: (status: CameraStatus) => void;
  #state: Supervision = notStarted;
  #status: CameraStatus;
  #lastFrameMs = 0;
  #run: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(
    feed: Feed,
    hub: RtpHub,
    limits: SupervisionLimits,
    time: SupervisorTime,
    onStatus: (status: CameraStatus) => void,
  ) {
    this.#feed = feed;
    this.#hub = hub;
    this.#limits = limits;
    this.#time = time;
    this.#onStatus = onStatus;
    this.#status = supervisedStatus(this.#state, 0);
  }

  get status(): CameraStatus {
    return this.#status;
  }

  /** @param delayMs until the first attempt */
  start(delayMs: number): void {
    this.#take({ type: 'start', delayMs });
  }

  /** Stops the feed for good. Idempotent; resolves when all it started is gone. */
  async stop(reason: string): Promise<void> {
    this.#take({ type: 'stop', reason });
    await this.#run?.done;
  }

  #take(event: SupervisionEvent): void {
    const nowMs = this.#time.now();
    const { next, action } = supervise(this.#state, event, {
      nowMs,
      random: this.#time.random(),
      limits: this.#limits,
    });
    const before = this.#state;
    this.#state = next;
    if (action === 'open') this.#open();
    if (action === 'close') this.#run?.abort.abort();
    if (next !== before) this.#publish(nowMs);
    this.#setTimer(nowMs);
  }

  #publish(nowMs: number): void {
    const status = supervisedStatus(this.#state, this.#time.epoch() - nowMs);
    const changed = JSON.stringify(status) !== JSON.stringify(this.#status);
    this.#status = status;
    if (changed) this.#onStatus(status);
  }

  #setTimer(nowMs: number): void {
    this.#cancelTimer();
    const { phase } = this.#state;
    if (!('untilMs' in phase)) return;
    this.#cancelTimer = this.#time.after(Math.max(0, phase.untilMs - nowMs), () => {
      this.#take({ type: 'timer', lastFrameMs: this.#lastFrameMs });
    });
  }

  #open(): void {
    const abort = new AbortController();
    const endWatch = this.#hub.onAccessUnit(() => {
      this.#lastFrameMs = this.#time.now();
      if (this.#state.phase.name === 'first-frame') this.#take({ type: 'frame' });
    });
    const sink = {
      onVideo: (facts: NonNullable<CameraStatus['video']>): void => {
        this.#take({ type: 'video', facts });
      },
      begin: (codec: 'h264' | 'vp8') => this.#hub.begin(codec),
    };
    const done = this.#feed(sink, abort.signal)
      .then(
        (how): SupervisionEvent => ({ type: how === 'ended' ? 'feed-ended' : 'feed-stopped' }),
        (error: unknown): SupervisionEvent =>
          error instanceof SourceError
            ? { type: 'feed-failed', reason: error.reason, fatal: error.fatal }
            : { type: 'feed-failed', reason: String(error), fatal: false },
      )
      .then((event) => {
        endWatch();
        this.#run = undefined;
        this.#take(event);
      });
    this.#run = { abort, done };
  }
}
