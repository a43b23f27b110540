import { AnalysisChild } from '../analysis/pool/analysis-child.js';
import type { SpawnCommand } from '../analysis/pool/spawn-command.js';
import type { TriedClip, TriedPicture, TryoutJob, TryoutNews } from './messages.js';
import { TryoutError } from './tryout-error.js';

/** What the desk is made from. */
export interface TryoutDeskOptions {
  readonly command: SpawnCommand;
  readonly env: Readonly<Record<string, string>>;
  /** A process without work ends after this many milliseconds: 120000. */
  readonly idleMs?: number;
  /** A process that says nothing for so long is ended, in milliseconds: 30000; the first load of the models counts. */
  readonly patienceMs?: number;
}

/** A job that waits or runs. */
interface Entry {
  readonly job: TryoutJob;
  readonly onProgress: (atMs: number) => void;
  readonly resolve: (result: TriedPicture | TriedClip) => void;
  readonly reject: (error: TryoutError) => void;
}

/** Jobs that may wait behind the one that runs. */
const mostWaiting = 8;
const closePatienceMs = 1000;

/**
 * Tries pictures and clips in a process of its own, started when it is needed: the analysis of the cameras goes on untouched, and
 * a picture that crashes a decoder takes nothing with it. One job at a time, in the order they came.
 */
export class TryoutDesk {
  readonly #options: TryoutDeskOptions;
  readonly #waiting: Entry[] = [];
  #running: Entry | undefined;
  #child: AnalysisChild<TryoutJob, TryoutNews> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: TryoutDeskOptions) {
    this.#options = options;
  }

  /** @throws TryoutError */
  picture(job: Extract<TryoutJob, { type: 'picture' }>): Promise<TriedPicture> {
    return this.#add(job, () => undefined) as Promise<TriedPicture>;
  }

  /**
   * @param onProgress told how far into the clip the work is, in milliseconds of the clip
   * @throws TryoutError
   */
  clip(job: Extract<TryoutJob, { type: 'clip' }>, onProgress: (atMs: number) => void): Promise<TriedClip> {
    return this.#add(job, onProgress) as Promise<TriedClip>;
  }

  /** Ends the process; what waits fails with `stopped`. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const entry of this.#waiting.splice(0)) entry.reject(stopped());
    this.#running?.reject(stopped());
    this.#running = undefined;
    await this.#child?.close(closePatienceMs);
  }

  #add(job: TryoutJob, onProgress: Entry['onProgress']): Promise<TriedPicture | TriedClip> {
    return new Promise((resolve, reject) => {
      if (this.#closed) reject(stopped());
      else if (this.#waiting.length >= mostWaiting) {
        reject(new TryoutError('busy', 'Others are trying things out: try again soon.'));
      } else {
        this.#waiting.push({ job, onProgress, resolve, reject });
        this.#next();
      }
    });
  }

  #next(): void {
    if (this.#running !== undefined || this.#closed) return;
    this.#running = this.#waiting.shift();
    if (this.#running === undefined) {
      this.#wait(this.#options.idleMs ?? 120_000, () => {
        const child = this.#child;
        this.#child = undefined;
        void child?.close(closePatienceMs);
      });
      return;
    }
    this.#child ??= this.#start();
    this.#child.send(this.#running.job);
    this.#watch();
  }

  #start(): AnalysisChild<TryoutJob, TryoutNews> {
    const child = new AnalysisChild<TryoutJob, TryoutNews>(this.#options.command, this.#options.env, {
      onMessage: (news) => this.#hear(news),
      onGone: (reason, lastWords) => {
        // One that was given up has nothing to say of the work of its successor.
        if (this.#child !== child) return;
        this.#child = undefined;
        const why = [`The process that tries things out ended (${reason}).`, lastWords.at(-1) ?? ''];
        this.#settle((entry) => entry.reject(new TryoutError('crashed', why.join(' ').trim())));
      },
    });
    return child;
  }

  #hear(news: TryoutNews): void {
    switch (news.type) {
      case 'progress':
        this.#watch();
        this.#running?.onProgress(news.atMs);
        break;
      case 'failed':
        this.#settle((entry) => entry.reject(new TryoutError(news.code, news.message)));
        break;
      case 'picture':
      case 'clip':
        this.#settle((entry) => entry.resolve(news.result));
    }
  }

  #settle(how: (entry: Entry) => void): void {
    const entry = this.#running;
    this.#running = undefined;
    clearTimeout(this.#timer);
    if (entry !== undefined) how(entry);
    this.#next();
  }

  #watch(): void {
    this.#wait(this.#options.patienceMs ?? 30_000, () => {
      const child = this.#child;
      this.#child = undefined;
      child?.kill('too slow');
      this.#settle((entry) => entry.reject(new TryoutError('too-slow', 'It took too long.')));
    });
  }

  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
    this.#timer.unref();
  }
}

function stopped(): TryoutError {
  return new TryoutError('stopped', 'The server is stopping.');
}
