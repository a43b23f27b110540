import { monotonicMs } from '../../streams/clock.js';
import type { RtpSource } from '../../streams/rtp-source.js';
import type { MomentPicture } from '../evidence/make-picture.js';
import type { EngineFacts, TracksMessage } from './messages.js';
import type { AnalysisPool, AnalysisPoolOptions, PoolCamera, PoolLimits } from './pool-contract.js';
import { AnalysisSlot } from './pool/analysis-slot.js';
import { ClassifierChangeError } from './classifier-change-error.js';
import { CameraFeed } from './pool/camera-feed.js';
import { changeClassifier } from './pool/change-classifier.js';
import { LifeAccounts } from './pool/life-accounts.js';
import { childEnvironment, processEntry, spawnCommand } from './pool/spawn-command.js';

/** The limits that the product runs with. */
export const defaultPoolLimits: PoolLimits = {
  pingEveryMs: 1000,
  missedPingsIdle: 3,
  missedPingsBusy: 10,
  startMs: 120_000,
  restarts: 5,
  restartWindowMs: 60_000,
  degradedRetryMs: 30_000,
  pendingMessages: 1024,
  pendingBytes: 16 * 1024 * 1024,
};

/**
 * Starts the analysis processes.
 *
 * @returns at once; `ready` tells when the processes have loaded their models
 */
export function createAnalysisPool(options: AnalysisPoolOptions): AnalysisPool {
  return new Pool(options);
}

/** Where a camera is. */
interface Place {
  readonly slot: AnalysisSlot;
  readonly feed: CameraFeed;
}

class Pool implements AnalysisPool {
  readonly ready: Promise<void>;
  readonly #slots: readonly AnalysisSlot[];
  readonly #limits: PoolLimits;
  readonly #places = new Map<string, Place>();
  readonly #tracksListeners = new Set<(message: TracksMessage) => void>();
  readonly #interruptedListeners = new Set<(cameraId: string) => void>();
  #engine: EngineFacts | undefined;
  #generation = 0;
  /** The weights folder that all processes have. */
  #classifier: string;
  #changing = false;
  #closed = false;
  #rejectReady: (error: Error) => void = () => undefined;

  constructor({
    settings,
    processes,
    log,
    clock = monotonicMs,
    env = {},
    limits,
    entry,
  }: AnalysisPoolOptions) {
    if (processes < 1) throw new RangeError(`at least one analysis process is needed, got ${processes}`);
    this.#limits = { ...defaultPoolLimits, ...limits };
    this.#classifier = settings.classifier;
    const childEnv = childEnvironment(env);
    const command = spawnCommand(
      entry ?? processEntry(import.meta.url),
      process.execArgv,
      childEnv.PATH ?? '',
    );
    const readySlots = new Set<number>();
    let resolveReady: () => void = () => undefined;
    this.ready = new Promise((resolve, reject) => {
      resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Whoever does not wait for it must not be killed by it.
    this.ready.catch(() => undefined);
    this.#slots = Array.from(
      { length: processes },
      (_, index) =>
        new AnalysisSlot({
          settings,
          command,
          env: childEnv,
          limits: this.#limits,
          log,
          clock,
          onTracks: (message) => {
            for (const listener of this.#tracksListeners) listener(message);
          },
          onReady: (engine) => {
            this.#engine = engine;
            readySlots.add(index);
            if (readySlots.size === processes) resolveReady();
          },
        }),
    );
  }

  open(camera: PoolCamera, source: RtpSource): void {
    const before = this.#places.get(camera.cameraId);
    before?.feed.close();
    before?.slot.remove(camera.cameraId);
    const slot = before?.slot ?? this.#leastLoaded();
    const feed = new CameraFeed(camera, source, {
      limits: this.#limits,
      nextGeneration: () => ++this.#generation,
      onInterrupted: () => {
        if (!this.#places.has(camera.cameraId)) return;
        for (const listener of this.#interruptedListeners) listener(camera.cameraId);
      },
      ...(before === undefined ? {} : { before: before.feed }),
    });
    this.#places.set(camera.cameraId, { slot, feed });
    slot.add(feed);
  }

  closeCamera(cameraId: string): void {
    const place = this.#places.get(cameraId);
    if (place === undefined) return;
    this.#places.delete(cameraId);
    place.slot.remove(cameraId);
    place.feed.close();
  }

  onTracks(listener: (message: TracksMessage) => void): () => void {
    return subscribe(this.#tracksListeners, listener);
  }

  onInterrupted(listener: (cameraId: string) => void): () => void {
    return subscribe(this.#interruptedListeners, listener);
  }

  account(cameraId: string): ReturnType<AnalysisPool['account']> {
    return this.#books(cameraId).account();
  }

  effort(cameraId: string): ReturnType<AnalysisPool['effort']> {
    return this.#books(cameraId).effort();
  }

  health(): ReturnType<AnalysisPool['health']> {
    return this.#slots.map((slot) => slot.health());
  }

  engine(): EngineFacts | undefined {
    return this.#engine;
  }

  async useClassifier(folder: string): Promise<void> {
    if (this.#closed) throw new ClassifierChangeError('closed', 'the analysis pool is closed');
    if (this.#changing) {
      throw new ClassifierChangeError('busy', 'another change of the classifier is under way');
    }
    this.#changing = true;
    try {
      await changeClassifier(this.#slots, folder, this.#classifier);
      this.#classifier = folder;
    } finally {
      this.#changing = false;
    }
  }

  keepFrames(on: boolean): void {
    for (const slot of this.#slots) slot.keepFrames(on);
  }

  async picture(cameraId: string, blur: boolean): Promise<MomentPicture> {
    const place = this.#places.get(cameraId);
    if (place === undefined) throw new Error(`camera ${cameraId} is not analysed`);
    return place.slot.picture(cameraId, blur);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#rejectReady(new Error('the analysis pool was closed before it was ready'));
    for (const cameraId of [...this.#places.keys()]) this.closeCamera(cameraId);
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }

  #books(cameraId: string): LifeAccounts {
    return this.#places.get(cameraId)?.feed.accounts ?? new LifeAccounts();
  }

  #leastLoaded(): AnalysisSlot {
    return this.#slots.reduce((best, slot) => (cost(slot) < cost(best) ? slot : best));
  }
}

/** Load of a slot for the placing of a camera; one that does not run comes last. */
function cost(slot: AnalysisSlot): number {
  return slot.load + (slot.health().state === 'degraded' ? 1e6 : 0);
}

function subscribe<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
