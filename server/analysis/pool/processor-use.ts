import { readFileSync } from 'node:fs';

/** What the kernel says of a process. */
export interface ProcessorUse {
  /** One letter: R running, S asleep, D waiting for the disk, T stopped, Z dead (proc(5)). */
  readonly state: string;
  /** Processor time of all its threads so far, in clock ticks of 10 ms. */
  readonly ticks: number;
}

/** Reads `/proc/PID/stat`; `undefined` where there is no such file: the process is gone, or the system is not Linux. */
export function processorUse(pid: number): ProcessorUse | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // Not Linux, or gone: both are answers.
    return undefined;
  }
  // The name, in parentheses, may hold anything; the fields after it do not.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', ticks: Number(fields[11]) + Number(fields[12]) };
}

/** Remembers the processor time of one process and says whether it moved. */
export class BusyCheck {
  readonly #pid: number;
  #ticks = -1;

  constructor(pid: number) {
    this.#pid = pid;
  }

  /**
   * @returns true when the process computed since the last call, or would have, had it been given the processor; on
   *   systems that do not tell, always true
   */
  busy(): boolean {
    const use = processorUse(this.#pid);
    if (use === undefined) return true;
    const moved = use.ticks > this.#ticks;
    this.#ticks = use.ticks;
    return use.state === 'R' || use.state === 'D' || (use.state !== 'T' && moved);
  }
}
