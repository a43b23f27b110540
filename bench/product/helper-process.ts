import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A part of a benchmark in a process of its own, so that its cost can be told from the product's. */
export class HelperProcess {
  readonly #child: ChildProcess;
  #said = '';

  /**
   * @param module path beside this file, for example `./camera-farm-main.ts`; run with tsx
   * @param core the only one that it may run on, counted from 0; any where absent
   */
  constructor(module: string, args: readonly string[], core?: number) {
    const loader = ['--import', 'tsx'];
    this.#child = fork(fileURLToPath(new URL(module, import.meta.url)), args, {
      ...(core === undefined
        ? { execArgv: loader }
        : { execPath: 'taskset', execArgv: ['-c', String(core), process.execPath, ...loader] }),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    if (this.#child.stderr === null) return;
    createInterface({ input: this.#child.stderr }).on('line', (line) => {
      this.#said = `${this.#said}${line}\n`.slice(-4000);
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /**
   * The next message.
   *
   * @throws Error when the process ends instead; the message ends with what it said
   */
  async next<T>(): Promise<T> {
    const stop = new AbortController();
    try {
      const ended = once(this.#child, 'exit', stop).then(() => {
        throw new Error(`a helper of the benchmark ended\n${this.#said}`);
      });
      const [message] = (await Promise.race([once(this.#child, 'message', stop), ended])) as [T];
      return message;
    } finally {
      stop.abort();
    }
  }

  async ask<T>(question: string | object): Promise<T> {
    const answer = this.next<T>();
    this.#child.send(question);
    return answer;
  }

  /** Ends it. Idempotent. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}
