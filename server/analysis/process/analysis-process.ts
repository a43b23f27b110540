import type { Decoder, DecoderHandlers, DecoderOptions } from '../../../streams/decode/decoder.js';
import type {
  AnalysisSettings,
  CameraAccount,
  CameraAnalysis,
  FromAnalysis,
  ToAnalysis,
} from '../messages.js';
import type { Analyser } from './analyser.js';
import { BatchLoop } from './batch-loop.js';
import { CameraPipeline } from './camera-pipeline.js';

/** What a process is made from. */
export interface AnalysisProcessParts {
  readonly send: (message: FromAnalysis) => void;
  /** Is closed with the process. */
  readonly analyser: Analyser;
  readonly createDecoder: (options: DecoderOptions, handlers: DecoderHandlers) => Decoder;
  readonly newId: () => string;
}

/** What a process has once its models are loaded. */
interface Loaded {
  readonly settings: AnalysisSettings;
  readonly loop: BatchLoop;
}

const accountsEveryMs = 1000;

/** One analysis process: does what its messages say. */
export class AnalysisProcess {
  readonly #parts: AnalysisProcessParts;
  readonly #cameras = new Map<string, CameraPipeline>();
  #loaded: Loaded | undefined;
  #keepsFrames = false;
  #starting: Promise<void> | undefined;
  /** As the models told at the last ping. */
  #tensors = 0;
  #accounts: NodeJS.Timeout | undefined;

  constructor(parts: AnalysisProcessParts) {
    this.#parts = parts;
  }

  /** Takes a message. Rejects only when the models cannot be loaded: then the process is of no use. */
  async handle(message: ToAnalysis): Promise<void> {
    switch (message.type) {
      case 'start':
        this.#starting = this.#start(message.settings);
        await this.#starting;
        break;
      case 'open':
        await this.#open(message.camera);
        break;
      case 'unit': {
        const pipeline = this.#cameras.get(message.cameraId);
        if (pipeline?.camera.generation === message.generation) pipeline.write(message.unit);
        break;
      }
      case 'close':
        await this.#close(message.cameraId);
        break;
      case 'classifier':
        await this.#useClassifier(message.id, message.folder);
        break;
      case 'keep-frames':
        this.#keepsFrames = message.on;
        break;
      case 'picture':
        await this.#picture(message.id, message.cameraId, message.blur);
        break;
      case 'ping':
        await this.#answer(message.id);
        break;
    }
  }

  /** Releases everything. Idempotent. */
  async close(): Promise<void> {
    clearInterval(this.#accounts);
    await Promise.all([...this.#cameras.keys()].map((cameraId) => this.#close(cameraId)));
    await this.#loaded?.loop.close();
    this.#loaded = undefined;
    await this.#parts.analyser.close();
  }

  async #start(settings: AnalysisSettings): Promise<void> {
    const { analyser } = this.#parts;
    this.#keepsFrames = settings.keepFrames ?? false;
    const engine = await analyser.start(settings, (reason) => {
      this.#parts.send({ type: 'fallback', reason });
    });
    const loop = new BatchLoop({
      cameras: () => this.#cameras.values(),
      analyse: (frames, known) => analyser.analyse(frames, known),
      onTracks: this.#parts.send,
      onError: (cameraId, reason) => {
        this.#parts.send({ type: 'camera-error', cameraId, reason });
      },
    });
    this.#loaded = { settings, loop };
    this.#accounts = setInterval(() => {
      this.#tellAccounts();
    }, accountsEveryMs);
    this.#parts.send({ type: 'ready', engine });
  }

  /** Loads a classifier beside the one that runs and lets it take over. What goes wrong is told, and nothing changes. */
  async #useClassifier(id: number, folder: string): Promise<void> {
    await this.#starting;
    if (this.#loaded === undefined) return;
    try {
      this.#parts.send({ type: 'classifier', id, engine: await this.#parts.analyser.useClassifier(folder) });
    } catch (error) {
      this.#parts.send({
        type: 'classifier',
        id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }

  /** Makes a picture of the newest analysed frame. What goes wrong is told. */
  async #picture(id: number, cameraId: string, blur: boolean): Promise<void> {
    const kept = this.#cameras.get(cameraId)?.kept;
    try {
      if (kept === undefined) throw new Error('no frame of this camera is kept');
      const { analyser } = this.#parts;
      // Few sites ask for pictures; for the others its library would only take memory in each process.
      const { makePicture } = await import('../../evidence/make-picture.js');
      const picture = await makePicture(kept, blur, (image, minScore) => analyser.faces(image, minScore));
      this.#parts.send({ type: 'picture', id, picture });
    } catch (error) {
      this.#parts.send({
        type: 'picture',
        id,
        error: error instanceof Error ? error.message : String(error),
      });
    }
  }

  async #open(camera: CameraAnalysis): Promise<void> {
    const { cameraId } = camera;
    const before = this.#cameras.get(cameraId);
    const { settings, loop } = this.#loaded ?? {};
    if (settings === undefined || loop === undefined)
      throw new Error(`camera ${cameraId} opened before the start`);
    this.#cameras.set(
      cameraId,
      new CameraPipeline(camera, {
        createDecoder: this.#parts.createDecoder,
        newId: this.#parts.newId,
        frameSide: settings.frameSide,
        onWaiting: () => {
          loop.wake();
        },
        onUnmoved: this.#parts.send,
        keepsFrames: () => this.#keepsFrames,
        onKeyframeWanted: () => {
          this.#parts.send({ type: 'keyframe-wanted', cameraId });
        },
        onError: (reason) => {
          this.#parts.send({ type: 'camera-error', cameraId, reason });
        },
      }),
    );
    await before?.close();
  }

  async #close(cameraId: string): Promise<void> {
    const pipeline = this.#cameras.get(cameraId);
    this.#cameras.delete(cameraId);
    await pipeline?.close();
  }

  /** Answers a ping when the models have answered: a process whose models hang is of no use. */
  async #answer(id: number): Promise<void> {
    if (this.#loaded !== undefined) this.#tensors = await this.#parts.analyser.tensors();
    this.#parts.send({ type: 'pong', id });
  }

  #tellAccounts(): void {
    const accounts: Record<string, CameraAccount> = {};
    for (const [cameraId, pipeline] of this.#cameras) accounts[cameraId] = pipeline.account();
    this.#parts.send({
      type: 'accounts',
      accounts,
      rssBytes: process.memoryUsage.rss(),
      tensors: this.#tensors,
    });
  }
}
