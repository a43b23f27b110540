import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Zone } from '../http/zone-api.js';
import type { ModelChoice, TriedClip } from '../tryout/messages.js';
import type { TryoutDesk } from '../tryout/tryout-desk.js';
import { TryoutError } from '../tryout/tryout-error.js';
import { clipPicture } from './clip-picture.js';

/** With what a clip is run. */
export interface ReplayRequest {
  /** Frames a second to analyse, at most. */
  readonly fps: number;
  /** Long side of the frames analysed, in pixels. */
  readonly frameSide: number;
  /** Least score of a face, 0..1; the detector's own where absent. */
  readonly minScore?: number;
  /** Name of a detector and of a mask classifier. */
  readonly detector: string;
  readonly classifier: string;
  /** Areas and lines to count by; none where absent. */
  readonly zones?: readonly Zone[];
}

/** One run of a clip. */
export interface ReplayRun {
  readonly request: ReplayRequest;
  /** `waiting` also while it runs. */
  readonly state: 'waiting' | 'done' | 'failed';
  /** How far it is, in milliseconds of the clip. */
  readonly atMs: number;
  readonly result?: TriedClip;
  /** Why it failed, for people. */
  readonly problem?: string;
}

/** A clip that was uploaded, and its runs, oldest first. */
export interface Replay {
  readonly id: string;
  /** Epoch milliseconds after which it is deleted. */
  readonly expiresAt: number;
  readonly runs: readonly ReplayRun[];
}

/** What the desk stands on. */
export interface ReplayDeskOptions {
  /** Folder for the clips; emptied at start and at the end. */
  readonly folder: string;
  readonly tryout: Pick<TryoutDesk, 'clip'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Turns names into what can be loaded. @throws Error when there is no such model */
  readonly models: (request: ReplayRequest) => Promise<ModelChoice>;
}

interface Clip {
  readonly path: string;
  readonly expiresAt: number;
  readonly runs: ReplayRun[];
  /** Made when it is asked for the first time. */
  picture?: Promise<Buffer>;
}

/** Clips kept at once, and how long each is kept. */
const mostClips = 3;
const keptMs = 3_600_000;
/** Runs of one clip that are kept. */
const mostRuns = 8;

/**
 * Keeps uploaded clips for an hour and runs them with other settings. Clips show people: they lie in a private folder, are never listed to
 * anyone who does not know their random id, and are deleted with the server at the latest.
 */
export class ReplayDesk {
  readonly #options: ReplayDeskOptions;
  readonly #clips = new Map<string, Clip>();
  readonly #sweep: NodeJS.Timeout;

  /** Deletes what an earlier server left behind. */
  static async open(options: ReplayDeskOptions): Promise<ReplayDesk> {
    await rm(options.folder, { recursive: true, force: true });
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    return new ReplayDesk(options);
  }

  private constructor(options: ReplayDeskOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => void this.#deleteOld(), 60_000);
    this.#sweep.unref();
  }

  /**
   * Takes a clip in.
   *
   * @param receive writes the clip to the path it is given
   * @throws what `receive` throws; nothing is left then
   */
  async add(receive: (path: string) => Promise<void>): Promise<Replay> {
    const id = randomUUID();
    const path = join(this.#options.folder, id);
    try {
      await receive(path);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    for (const oldest of [...this.#clips.keys()].slice(0, Math.max(0, this.#clips.size + 1 - mostClips))) {
      await this.remove(oldest);
    }
    const clip: Clip = { path, expiresAt: this.#options.now() + keptMs, runs: [] };
    this.#clips.set(id, clip);
    return { id, expiresAt: clip.expiresAt, runs: [] };
  }

  get(id: string): Replay | undefined {
    const clip = this.#clips.get(id);
    return clip === undefined ? undefined : { id, expiresAt: clip.expiresAt, runs: clip.runs };
  }

  /**
   * The first picture of a clip, as JPEG, to draw zones on.
   *
   * @returns undefined when there is no such clip
   * @throws Error when it cannot be decoded
   */
  async picture(id: string): Promise<Buffer | undefined> {
    const clip = this.#clips.get(id);
    if (clip === undefined) return undefined;
    clip.picture ??= clipPicture(clip.path);
    return clip.picture;
  }

  /**
   * Begins a run.
   *
   * @returns the replay, or undefined when there is no such clip
   * @throws TryoutError for too many runs; what the choice of models throws
   */
  async run(id: string, request: ReplayRequest): Promise<Replay | undefined> {
    const models = await this.#options.models(request);
    const clip = this.#clips.get(id);
    if (clip === undefined) return undefined;
    const { fps, frameSide, zones = [] } = request;
    const at = clip.runs.length;
    if (at >= mostRuns) throw new TryoutError('busy', `A clip takes ${mostRuns} runs: upload it anew.`);
    const put = (run: Omit<ReplayRun, 'request'>): void => void (clip.runs[at] = { request, ...run });
    put({ state: 'waiting', atMs: 0 });
    const job = { type: 'clip', models, path: clip.path, settings: { fps, frameSide }, zones } as const;
    this.#options.tryout
      .clip(job, (atMs) => put({ state: 'waiting', atMs }))
      .then(
        (result) => put({ state: 'done', atMs: result.lengthMs, result }),
        (error: unknown) => {
          const problem = error instanceof Error ? error.message : String(error);
          put({ state: 'failed', atMs: 0, problem });
        },
      );
    return this.get(id);
  }

  /** Deletes a clip. @returns false when there is none */
  async remove(id: string): Promise<boolean> {
    const clip = this.#clips.get(id);
    if (clip === undefined) return false;
    this.#clips.delete(id);
    await rm(clip.path, { force: true });
    return true;
  }

  /** Deletes all clips; idempotent. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    this.#clips.clear();
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  async #deleteOld(): Promise<void> {
    for (const [id, { expiresAt }] of this.#clips) {
      if (this.#options.now() > expiresAt) await this.remove(id);
    }
  }
}
