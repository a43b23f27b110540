import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Writable } from 'node:stream';
import ffmpeg from 'fluent-ffmpeg';
import type { FfmpegCommand } from './ffmpeg-command.js';
import { ensureGuardScript } from './guard-script.js';
import { signalGroup } from './process-group.js';
import { TextTail } from './text-tail.js';

/** How a run of ffmpeg ended. */
export interface FfmpegExit {
  /**
   * `ended`: by itself, exit code 0; for a live source that is a disconnect. `stopped`: because `stop` was called.
   * `failed`: everything else.
   */
  readonly how: 'ended' | 'stopped' | 'failed';
  /** What ffmpeg or the starting of it said last; oldest line first. May hold credentials: `redact` before showing. */
  readonly tail: readonly string[];
}

/** Where the output of a run goes, and how patient to be. */
export interface FfmpegProcessOptions {
  /** Each line of standard error; true keeps it out of the tail, because it is data and no message. */
  readonly onLine?: (line: string) => boolean;
  /** Each piece of standard output, where the command's output is `pipe:1`. */
  readonly onOutput?: (chunk: Buffer) => void;
  /** The same for a reader that may be slow: ffmpeg waits until a piece is taken. */
  readonly takeOutput?: (chunk: Buffer) => Promise<void>;
  /** From SIGTERM to SIGKILL, in milliseconds; 5000 where absent. */
  readonly killAfterMs?: number;
  /** Start only when this has resolved; what is written until then is kept. */
  readonly after?: Promise<unknown>;
  /** Path of the program instead of the guarded ffmpeg; for tests. */
  readonly program?: string;
}

/**
 * One running ffmpeg, started at once, with the traps of fluent-ffmpeg closed:
 * it probes ffmpeg first and spawns later, so a stop before that is remembered; its `kill` misses the rest of the
 * process group; its `end` comes before standard output is drained; an `error` without listener would be thrown.
 */
export class FfmpegProcess {
  /** Resolves, never rejects, when the process and its pipes are gone. */
  readonly exited: Promise<FfmpegExit>;
  readonly #killAfterMs: number;
  readonly #tail = new TextTail();
  #child: ChildProcessWithoutNullStreams | undefined;
  #settle: (exit: FfmpegExit) => void = () => undefined;
  #early: Buffer[] = [];
  #earlyBytes = 0;
  #inputEnded = false;
  #stopping = false;
  #done = false;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(command: FfmpegCommand, options: FfmpegProcessOptions = {}) {
    this.#killAfterMs = options.killAfterMs ?? 5000;
    this.exited = new Promise((resolve) => (this.#settle = resolve));
    if (command.stdin !== undefined) {
      this.write(Buffer.from(command.stdin));
      this.endInput();
    }
    if (options.after === undefined) this.#start(command, options);
    else void options.after.then(() => this.#start(command, options));
  }

  /** The process id; `undefined` before the start. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Bytes written that ffmpeg has not read yet. */
  get backlogBytes(): number {
    return this.#earlyBytes + (this.#child?.stdin.writableLength ?? 0);
  }

  /** Writes to standard input (for a command whose input is `pipe:0`); dropped silently when the process is gone. */
  write(data: Buffer): void {
    if (this.#done || this.#stopping || this.#inputEnded) return;
    if (this.#child === undefined) {
      this.#early.push(data);
      this.#earlyBytes += data.length;
    } else if (this.#child.stdin.writable) {
      this.#child.stdin.write(data);
    }
  }

  /** Ends standard input: ffmpeg finishes what it has and exits. */
  endInput(): void {
    this.#inputEnded = true;
    this.#child?.stdin.end();
  }

  /** SIGTERM to the whole process group, then SIGKILL. Idempotent; resolves when it is gone. */
  async stop(): Promise<void> {
    if (!this.#stopping && !this.#done) {
      this.#stopping = true;
      this.#early = [];
      this.#earlyBytes = 0;
      if (this.#child !== undefined) this.#terminate(this.#child);
    }
    await this.exited;
  }

  #start(command: FfmpegCommand, options: FfmpegProcessOptions): void {
    if (this.#stopping) {
      this.#finish('ended');
      return;
    }
    try {
      this.#run(command, options, options.program ?? ensureGuardScript('ffmpeg'));
    } catch (error) {
      this.#finish('failed', error);
    }
  }

  #run(command: FfmpegCommand, options: FfmpegProcessOptions, program: string): void {
    const { onLine } = options;
    const run = ffmpeg({ stdoutLines: 20 })
      .setFfmpegPath(program)
      .input(command.input)
      // Spread, not as one array: a single argument would be cut at its spaces.
      .inputOptions(...command.inputOptions)
      .output(command.output === 'pipe:1' ? sink(options) : command.output)
      .outputOptions(...command.outputOptions)
      .on('stderr', (line: string) => {
        if (onLine?.(line) !== true) this.#tail.push(line);
      })
      .on('end', () => undefined)
      .on('error', (error: Error) => {
        // After the start, `close` of the child tells all; before it, this is the only sign.
        if (this.#child === undefined) this.#finish('failed', error);
      })
      .on('start', () => {
        // fluent-ffmpeg keeps the child in an undocumented property; version 2.1.3 is pinned and a test looks.
        this.#adopt((run as unknown as { ffmpegProc: ChildProcessWithoutNullStreams }).ffmpegProc);
      });
    run.run();
  }

  #adopt(child: ChildProcessWithoutNullStreams): void {
    this.#child = child;
    if (child.pid === undefined) {
      // The program could not be started: fluent-ffmpeg's own listener would throw in trying to tell so.
      child.removeAllListeners('error');
      child.once('error', (error) => {
        this.#finish('failed', error);
      });
      return;
    }
    // EPIPE when ffmpeg dies first: its exit is what counts.
    child.stdin.on('error', () => undefined);
    child.once('close', (code: number | null) => {
      this.#finish(code === 0 ? 'ended' : 'failed');
    });
    for (const data of this.#early) child.stdin.write(data);
    this.#early = [];
    this.#earlyBytes = 0;
    if (this.#inputEnded) child.stdin.end();
    if (this.#stopping) this.#terminate(child);
  }

  #terminate({ pid, stdin }: ChildProcessWithoutNullStreams): void {
    if (pid === undefined) return;
    // An ffmpeg that waits for input does not notice SIGTERM before the input ends.
    stdin.end();
    signalGroup(pid, 'SIGTERM');
    this.#killTimer = setTimeout(() => {
      signalGroup(pid, 'SIGKILL');
    }, this.#killAfterMs);
  }

  #finish(how: 'ended' | 'failed', error?: unknown): void {
    if (this.#done) return;
    this.#done = true;
    clearTimeout(this.#killTimer);
    if (error !== undefined) this.#tail.push(error instanceof Error ? error.message : 'ffmpeg did not start');
    this.#settle({ how: this.#stopping ? 'stopped' : how, tail: this.#tail.lines() });
  }
}

function sink({ onOutput, takeOutput }: FfmpegProcessOptions): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      onOutput?.(chunk);
      if (takeOutput === undefined) done();
      else takeOutput(chunk).then(() => done(), done);
    },
  });
}
