import type { RtpSource } from '../../streams/rtp-source.js';
import type { MomentPicture } from '../evidence/make-picture.js';
import type { Health } from '../http/api.js';
import type {
  AnalysisEffort,
  AnalysisSettings,
  CameraAnalysis,
  EngineFacts,
  FrameAccount,
  TracksMessage,
} from './messages.js';

/** What the pool needs of the log. */
export interface PoolLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** How one camera is to be analysed; the codec comes from its source. */
export type PoolCamera = Pick<CameraAnalysis, 'cameraId' | 'fps' | 'cutsPossible'>;

/** What `createAnalysisPool` is given. */
export interface AnalysisPoolOptions {
  readonly settings: AnalysisSettings;
  /** Analysis processes to run; one per core is best. At least 1. */
  readonly processes: number;
  readonly log: PoolLog;
  /** Milliseconds that only grow, as `monotonicMs()`, which is the default. */
  readonly clock?: () => number;
  /**
   * The environment of the serving process. Only what a process needs to find its programs, libraries, language and
   * caches is handed on (PATH, HOME, LANG …), never anything else.
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Path of the module that a process runs instead of `process/main`, for tests. */
  readonly entry?: string;
  /** Overrides of the supervision's limits, for tests. */
  readonly limits?: Partial<PoolLimits>;
}

/** The limits of supervision and of the way into a process. */
export interface PoolLimits {
  /** Between two pings, in milliseconds: 1000. */
  readonly pingEveryMs: number;
  /** Pings without an answer after which a process that uses no processor time counts as hung: 3. */
  readonly missedPingsIdle: number;
  /** Pings without an answer after which a process counts as hung although it computes: 10. */
  readonly missedPingsBusy: number;
  /** A process must be ready within this many milliseconds: 120000. */
  readonly startMs: number;
  /** More restarts than this in `restartWindowMs` make a process `degraded`: 5. */
  readonly restarts: number;
  readonly restartWindowMs: number;
  /** How often a degraded process is tried again, in milliseconds: 30000. */
  readonly degradedRetryMs: number;
  /** Units of one camera, and bytes in them, that may wait for a process that does not read: 1024 and 16 MiB. */
  readonly pendingMessages: number;
  readonly pendingBytes: number;
}

/**
 * The analysis processes, seen from the serving process: spreads cameras over them, feeds them access units, replaces
 * the ones that die or hang. It never loads a model itself.
 */
export interface AnalysisPool {
  /**
   * Analyses a camera from now on, on the least loaded process. A camera that is open already is first closed, its
   * counters go on. Returns at once; frames come when a process is ready.
   */
  open(camera: PoolCamera, source: RtpSource): void;
  /** Ends the analysis of a camera and forgets its counters; no more tracks of it are told. Unknown ids are ignored. */
  closeCamera(cameraId: string): void;
  /** Every analysed frame of every open camera. Returns the function that ends the subscription. */
  onTracks(listener: (message: TracksMessage) => void): () => void;
  /**
   * The process of a camera died or was replaced: the tracks it had told of will never be mentioned again.
   * Returns the function that ends the subscription.
   */
  onInterrupted(listener: (cameraId: string) => void): () => void;
  /** Where the frames of an open camera went, over all lives of its process; all zero for an unknown camera. */
  account(cameraId: string): FrameAccount;
  /** What the analysis of an open camera took, and how many frames a second there is time for; all zero for an unknown one. */
  effort(cameraId: string): AnalysisEffort;
  /**
   * Classifies with the weights of another folder from now on, in every process and in those that replace them. Each process
   * loads the new classifier beside the old one and changes over between two batches: no frame is lost. One change at a time.
   *
   * @param folder a name under models/weights, or an absolute path
   * @throws ClassifierChangeError when a process could not load it, or while another change is under way; then all of them
   *   go on with the one before
   */
  useClassifier(folder: string): Promise<void>;
  /** Lets the processes keep the newest analysed frame of each camera from now on, or none: for `picture`. */
  keepFrames(on: boolean): void;
  /**
   * A picture of the newest analysed frame of an open camera, made in its process while frames are kept.
   *
   * @param blur false leaves faces as they are
   * @throws Error saying why there is none
   */
  picture(cameraId: string, blur: boolean): Promise<MomentPicture>;
  /** The processes as `GET /api/health` shows them. */
  health(): Health['analysis'];
  /** What runs the models; absent until the first process is ready. */
  engine(): EngineFacts | undefined;
  /** Resolves when every process was ready once; rejects only when the pool is closed before. */
  readonly ready: Promise<void>;
  /** Stops all processes and resolves when they are gone; idempotent. */
  close(): Promise<void>;
}
