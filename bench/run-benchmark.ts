import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { descendantsOf } from '../test/helpers/living-processes.js';
import type { BenchContext, Benchmark, Findings } from './benchmark.js';

/** What came of a benchmark; where it failed, the findings are empty. */
export interface Outcome {
  readonly findings: Findings;
  /** Why it did not come to its end, in one sentence. */
  readonly failure?: string;
}

/** What a benchmark's process tells at its end. */
export type BenchmarkMessage = { readonly findings: Findings } | { readonly error: string };

const nothing: Findings = { figures: {}, table: { head: [], rows: [] }, notes: [], targets: [] };

/**
 * Runs a benchmark in a process of its own, and ends that process with all that it started when the benchmark is over, fails, takes
 * too long or is not wanted any more.
 */
export async function runBenchmark(
  { name, limitSeconds }: Benchmark,
  options: Omit<BenchContext, 'progress'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const child = fork(
    fileURLToPath(new URL('benchmark-main.ts', import.meta.url)),
    [name, JSON.stringify(options)],
    {
      execArgv: ['--import', 'tsx'],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A group of its own, so that none of its processes outlives it.
      detached: true,
    },
  );
  const over = new AbortController();
  const listen = { signal: over.signal };
  const timer = setTimeout(() => over.abort(`it took more than ${limitSeconds} s`), limitSeconds * 1000);
  const cancel = (): void => over.abort('it was interrupted');
  signal.addEventListener('abort', cancel);
  try {
    const ended = once(child, 'exit', listen).then(([code]) => {
      throw new Error(`its process ended with ${String(code)}`);
    });
    const [message] = (await Promise.race([once(child, 'message', listen), ended])) as [BenchmarkMessage];
    if ('error' in message) throw new Error(message.error);
    return { findings: message.findings };
  } catch (error) {
    const reason: unknown = over.signal.aborted ? over.signal.reason : error;
    return { findings: nothing, failure: reason instanceof Error ? reason.message : String(reason) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    over.abort();
    await endAll(child.pid ?? 0);
  }
}

/** Ends a process that leads a group, the group, and descendants that made groups of their own. */
async function endAll(leader: number): Promise<void> {
  const others = await descendantsOf(leader);
  for (const pid of [-leader, leader, ...others.map((other) => other.pid)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
