import type { BenchContext } from './benchmark.js';
import { benchmarks } from './benchmarks.js';
import type { BenchmarkMessage } from './run-benchmark.js';

/** The process of one benchmark: runs it and tells what was found. */
async function main(name: string, options: Omit<BenchContext, 'progress'>): Promise<void> {
  const benchmark = benchmarks.find((one) => one.name === name);
  if (benchmark === undefined) throw new RangeError(`there is no benchmark ${name}`);
  // Whoever started this is gone: so goes the group, of which this process is the leader.
  process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
  const progress = (line: string): void => void process.stderr.write(`  ${line}\n`);
  let message: BenchmarkMessage;
  try {
    message = { findings: await benchmark.run({ ...options, progress }) };
  } catch (error) {
    message = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send?.(message);
}

await main(process.argv[2] ?? '', JSON.parse(process.argv[3] ?? '{}') as Omit<BenchContext, 'progress'>);
