import type { Health } from '../../http/api.js';
import type { MomentPicture } from '../../evidence/make-picture.js';
import type { AnalysisSettings, EngineFacts, FromAnalysis, TracksMessage } from '../messages.js';
import type { PoolLimits, PoolLog } from '../pool-contract.js';
import { AnalysisChild } from './analysis-child.js';
import type { CameraFeed } from './camera-feed.js';
import { HangDetector } from './hang-detector.js';
import { OpenQuestions } from './open-questions.js';
import { BusyCheck } from './processor-use.js';
import { RestartPolicy } from './restart-policy.js';
import type { SpawnCommand } from './spawn-command.js';

/** What a slot is made from. */
export interface AnalysisSlotParts {
  readonly settings: AnalysisSettings;
  readonly command: SpawnCommand;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: PoolLimits;
  readonly log: PoolLog;
  readonly clock: () => number;
  readonly onTracks: (message: TracksMessage) => void;
  /** The process is ready, for the first time or again, or changed its classifier. */
  readonly onReady: (engine: EngineFacts) => void;
}

type SlotHealth = Health['analysis'][number];

/** How long a process may take to end by itself when the server stops. */
const closePatienceMs = 1500;
/** An error of one camera is logged at most this often. */
const errorEveryMs = 10_000;

/** The place of one analysis process: keeps a living process in it and its cameras fed. */
export class AnalysisSlot {
  readonly #parts: AnalysisSlotParts;
  readonly #feeds = new Map<string, CameraFeed>();
  readonly #policy: RestartPolicy;
  readonly #errorLoggedMs = new Map<string, number>();
  #child: AnalysisChild | undefined;
  readonly #changes = new OpenQuestions<EngineFacts>();
  readonly #pictures = new OpenQuestions<MomentPicture>();
  #keepFrames = false;
  /** The weights folder that the next process is started with. */
  #classifier: string;
  /** Name of the classifier that the living process runs. */
  #running: string | undefined;
  #hang: HangDetector;
  #busy: BusyCheck | undefined;
  #state: SlotHealth['state'] = 'starting';
  #startedMs = 0;
  #restarts = 0;
  #pings = 0;
  #rssBytes = 0;
  #tensors = 0;
  #retry: NodeJS.Timeout | undefined;
  readonly #ticker: NodeJS.Timeout;
  #closed = false;

  constructor(parts: AnalysisSlotParts) {
    this.#parts = parts;
    this.#classifier = parts.settings.classifier;
    this.#policy = new RestartPolicy(parts.limits);
    this.#hang = new HangDetector(parts.limits);
    this.#start();
    this.#ticker = setInterval(() => {
      this.#tick();
    }, parts.limits.pingEveryMs);
  }

  /** Frames a second that its cameras ask for. */
  get load(): number {
    return [...this.#feeds.values()].reduce((sum, { camera }) => sum + camera.fps, 0);
  }

  health(): SlotHealth {
    return {
      pid: this.#child?.pid ?? 0,
      state: this.#state,
      restarts: this.#restarts,
      cameras: [...this.#feeds.keys()],
      rssBytes: this.#rssBytes,
      tensors: this.#tensors,
      ...(this.#running === undefined ? {} : { classifier: this.#running }),
    };
  }

  /**
   * Lets the process, and all that replace it, classify with the weights of another folder. Where no process lives now, the
   * next one starts with it.
   *
   * @throws Error when the process could not load it or died; the next one then starts with the weights it had
   */
  async useClassifier(folder: string): Promise<void> {
    const child = this.#child;
    if (child !== undefined) {
      const engine = await this.#changes.ask((id) => child.send({ type: 'classifier', id, folder }));
      this.#running = engine.classifier;
      this.#parts.onReady(engine);
    }
    this.#classifier = folder;
  }

  /** Takes `useClassifier` back; a process that cannot do so is replaced by one that starts with these weights. */
  async revertClassifier(folder: string): Promise<void> {
    this.#classifier = folder;
    const child = this.#child;
    try {
      await this.useClassifier(folder);
    } catch (error) {
      child?.kill(
        `it could not take its classifier back: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** Keeps the newest analysed frames from now on, or none. */
  keepFrames(on: boolean): void {
    this.#keepFrames = on;
    this.#child?.send({ type: 'keep-frames', on });
  }

  /** @throws Error when the process cannot make it, or died */
  picture(cameraId: string, blur: boolean): Promise<MomentPicture> {
    const child = this.#child;
    if (child === undefined) return Promise.reject(new Error('the analysis process is being replaced'));
    return this.#pictures.ask((id) => child.send({ type: 'picture', id, cameraId, blur }));
  }

  /** Takes a camera in. */
  add(feed: CameraFeed): void {
    this.#feeds.set(feed.camera.cameraId, feed);
    if (this.#child !== undefined && this.#state === 'ready') feed.attach(this.#child);
  }

  /** Lets a camera go; its feed stays the caller's. */
  remove(cameraId: string): void {
    this.#feeds.delete(cameraId);
    this.#errorLoggedMs.delete(cameraId);
  }

  /** Ends the process and does not replace it. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    await this.#child?.close(closePatienceMs);
  }

  #start(): void {
    const { command, env, settings, clock } = this.#parts;
    this.#startedMs = clock();
    this.#hang = new HangDetector(this.#parts.limits);
    const child = new AnalysisChild(command, env, {
      onMessage: (message) => {
        if (showsLife(message)) this.#hang.alive();
        this.#receive(child, message);
      },
      onGone: (reason, lastWords) => {
        this.#replace(child, reason, lastWords);
      },
    });
    this.#child = child;
    this.#busy = new BusyCheck(child.pid);
    child.send({
      type: 'start',
      settings: { ...settings, classifier: this.#classifier, keepFrames: this.#keepFrames },
    });
  }

  #replace({ pid }: AnalysisChild, reason: string, lastWords: readonly string[]): void {
    this.#child = undefined;
    this.#running = undefined;
    this.#changes.abandon(`the analysis process ended (${reason})`);
    this.#pictures.abandon(`the analysis process ended (${reason})`);
    this.#rssBytes = 0;
    this.#tensors = 0;
    for (const feed of this.#feeds.values()) feed.detach();
    if (this.#closed) return;
    const { degraded, delayMs } = this.#policy.died(this.#parts.clock());
    this.#state = degraded ? 'degraded' : 'restarting';
    this.#parts.log.error(
      { pid, reason, lastWords, nextStartInMs: delayMs },
      degraded ? 'analysis process died again and again' : 'analysis process died, starting another one',
    );
    if (delayMs === 0) this.#restart();
    else this.#retry = setTimeout(() => this.#restart(), delayMs);
  }

  #restart(): void {
    this.#restarts++;
    this.#start();
  }

  #receive(child: AnalysisChild, message: FromAnalysis): void {
    switch (message.type) {
      case 'ready':
        this.#state = 'ready';
        this.#running = message.engine.classifier;
        this.#parts.log.info({ pid: child.pid, ...message.engine }, 'analysis process is ready');
        this.#parts.onReady(message.engine);
        for (const feed of this.#feeds.values()) feed.attach(child);
        break;
      case 'tracks':
        if (this.#feeds.get(message.cameraId)?.processed(message) === true) this.#parts.onTracks(message);
        break;
      case 'accounts':
        this.#rssBytes = message.rssBytes;
        this.#tensors = message.tensors;
        for (const [cameraId, account] of Object.entries(message.accounts)) {
          this.#feeds.get(cameraId)?.reported(account);
        }
        break;
      case 'keyframe-wanted':
        this.#feeds.get(message.cameraId)?.requestKeyframe();
        break;
      case 'camera-error':
        this.#logCameraError(message.cameraId, message.reason);
        break;
      case 'fallback':
        this.#parts.log.warn(
          { pid: child.pid, reason: message.reason },
          'analysis runs on wasm, many times slower',
        );
        break;
      case 'classifier':
        if ('engine' in message) this.#changes.answered(message.id, message.engine);
        else this.#changes.refused(message.id, message.error);
        break;
      case 'picture':
        if ('picture' in message) this.#pictures.answered(message.id, message.picture);
        else this.#pictures.refused(message.id, message.error);
        break;
      case 'pong':
        break;
    }
  }

  #logCameraError(cameraId: string, reason: string): void {
    const nowMs = this.#parts.clock();
    if (nowMs - (this.#errorLoggedMs.get(cameraId) ?? -Infinity) < errorEveryMs) return;
    this.#errorLoggedMs.set(cameraId, nowMs);
    this.#parts.log.warn({ cameraId, reason }, 'a camera cannot be analysed at the moment');
  }

  #tick(): void {
    const child = this.#child;
    if (child === undefined) return;
    if (this.#state !== 'ready') {
      // Loading TensorFlow holds the thread for seconds: only the whole start has a limit.
      if (this.#parts.clock() - this.#startedMs > this.#parts.limits.startMs) child.kill('not ready in time');
      return;
    }
    if (this.#hang.tick(() => this.#busy?.busy() ?? true)) child.kill('hung: it no longer answers');
    else child.send({ type: 'ping', id: this.#pings++ });
  }
}

/** Whether a message shows that the models run: the rest of a process goes on while they hang. */
function showsLife({ type }: FromAnalysis): boolean {
  return type === 'pong' || type === 'tracks' || type === 'classifier' || type === 'ready';
}
