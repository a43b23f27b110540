import { spawn, type ChildProcess, type Serializable } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { FromAnalysis, ToAnalysis } from '../messages.js';
import type { SpawnCommand } from './spawn-command.js';

/** What is told of a process. */
export interface ChildHandlers<Told = FromAnalysis> {
  readonly onMessage: (message: Told) => void;
  /** The process is gone, with the reason and what it said last; called exactly once. */
  readonly onGone: (reason: string, lastWords: readonly string[]) => void;
}

/** Lines of standard error that are kept, and their greatest length. */
const keptLines = 20;
const keptLength = 400;

/** One running process that computes for this one: from its start to its death. */
export class AnalysisChild<Sent extends Serializable = ToAnalysis, Told = FromAnalysis> {
  /** 0 where the process could not be started. */
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  readonly #lastWords: string[] = [];
  #killedBecause: string | undefined;

  constructor(command: SpawnCommand, env: Readonly<Record<string, string>>, handlers: ChildHandlers<Told>) {
    // Standard input and output: nothing. Standard error: its last words. The channel: messages with buffers, uncopied to text.
    this.#child = spawn(command.program, command.args, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
      env,
    });
    this.pid = this.#child.pid ?? 0;
    this.#child.on('message', (message) => {
      handlers.onMessage(message as Told);
    });
    this.#listen();
    this.#gone = new Promise((resolve) => {
      const settle = (reason: string): void => {
        handlers.onGone(this.#killedBecause ?? reason, this.#lastWords);
        resolve();
      };
      this.#child.once('exit', (code, signal) => {
        settle(signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`);
      });
      // After a successful start, errors only say that a message or a signal found nobody; the exit follows.
      this.#child.on('error', (error) => {
        if (this.#child.pid === undefined) settle(error.message);
      });
    });
  }

  /**
   * Sends a message; never blocks and never throws.
   *
   * @param onSent called when the process took it or is gone
   */
  send(message: Sent, onSent: () => void = () => undefined): void {
    this.#child.send(message, undefined, undefined, onSent);
  }

  /** Ends the process at once. */
  kill(because: string): void {
    this.#killedBecause ??= because;
    this.#child.kill('SIGKILL');
  }

  /** Closes the channel, which asks the process to end, and kills it when it has not done so in time. */
  async close(patienceMs: number): Promise<void> {
    this.#killedBecause ??= 'closed';
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => {
      this.#child.kill('SIGKILL');
    }, patienceMs);
    await this.#gone;
    clearTimeout(timer);
  }

  #listen(): void {
    const { stderr } = this.#child;
    if (stderr === null) return;
    createInterface({ input: stderr }).on('line', (line) => {
      this.#lastWords.push(line.slice(0, keptLength));
      if (this.#lastWords.length > keptLines) this.#lastWords.shift();
    });
  }
}
