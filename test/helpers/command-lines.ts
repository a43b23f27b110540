import { setTimeout as delay } from 'node:timers/promises';
import { descendantsOf, livingProcesses } from './living-processes.js';

/** The command lines that every user of the machine could read while something ran, each once. */
export interface CommandLines {
  /** Those of all that descends from this process, by whatever name. */
  readonly own: ReadonlySet<string>;
  /** Those of every other process that has to do with video or with the product. */
  readonly others: ReadonlySet<string>;
  /** How often was looked. */
  readonly looks: number;
}

/** Looks at the command lines of all processes again and again while some work is done. */
export async function commandLinesDuring(work: () => Promise<unknown>): Promise<CommandLines> {
  const [own, others] = [new Set<string>(), new Set<string>()];
  let looks = 0;
  const over = new AbortController();
  const looking = (async () => {
    while (!over.signal.aborted) {
      for (const { command } of await descendantsOf(process.pid)) own.add(command);
      for (const { command } of await livingProcesses()) {
        if (!own.has(command) && /ffmpeg|ffprobe|maskwatch|main\.ts/.test(command)) others.add(command);
      }
      looks++;
      // So that the work itself gets its share of the processor.
      await delay(100);
    }
  })();
  try {
    await work();
  } finally {
    over.abort();
    await looking;
  }
  return { own, others, looks };
}
