import { readFileSync } from 'node:fs';
import { processorUse } from '../../server/analysis/pool/processor-use.js';
import { rounded } from './spread.js';
import { descendantsOf } from '../../test/helpers/living-processes.js';

/** What a process of the product is for. */
export type Role = 'serving' | 'analysis' | 'decode' | 'ingest' | 'other';

/** Use of processor and memory by all processes of one role. */
export interface RoleUse {
  readonly processes: number;
  /** Processor seconds a second. */
  readonly cores: number;
  /** Seconds a second that their main threads were ready to run and had no core, the process that waited longest. */
  readonly waiting: number;
  /** Resident memory of the largest process, in MB (10^6 bytes). */
  readonly largestMB: number;
  /** Of that, what it has for itself alone: the rest are pages of files, such as TensorFlow's library, which all share. */
  readonly ownMB: number;
  /** Of all together; pages that they share are counted in each. */
  readonly totalMB: number;
}

interface Reading {
  readonly role: Role;
  readonly ticks: number;
  readonly waitedSeconds: number;
}

const ticksPerSecond = 100;

/** Watches the serving process and all that it started. */
export class ProcessFamily {
  readonly #pid: number;
  #before = new Map<number, Reading>();

  /** @param pid of the serving process */
  constructor(pid: number) {
    this.#pid = pid;
  }

  /** Begins a measurement. */
  async begin(): Promise<void> {
    this.#before = await this.#read();
  }

  /** @param seconds since `begin` */
  async end(seconds: number): Promise<Partial<Record<Role, RoleUse>>> {
    const uses: Partial<Record<Role, RoleUse>> = {};
    for (const [pid, { role, ticks, waitedSeconds }] of await this.#read()) {
      const before = uses[role] ?? { processes: 0, cores: 0, waiting: 0, largestMB: 0, ownMB: 0, totalMB: 0 };
      const earlier = this.#before.get(pid);
      const { residentMB, ownMB } = memoryOf(pid);
      uses[role] = {
        processes: before.processes + 1,
        cores: before.cores + (ticks - (earlier?.ticks ?? 0)) / ticksPerSecond / seconds,
        waiting: Math.max(before.waiting, (waitedSeconds - (earlier?.waitedSeconds ?? 0)) / seconds),
        largestMB: Math.max(before.largestMB, residentMB),
        ownMB: Math.max(before.ownMB, ownMB),
        totalMB: before.totalMB + residentMB,
      };
    }
    return uses;
  }

  async #read(): Promise<Map<number, Reading>> {
    const readings = new Map<number, Reading>();
    const note = (pid: number, role: Role): void => {
      const use = processorUse(pid);
      if (use !== undefined) {
        readings.set(pid, { role, ticks: use.ticks, waitedSeconds: waitedSeconds(pid) });
      }
    };
    note(this.#pid, 'serving');
    for (const { pid, command } of await descendantsOf(this.#pid)) note(pid, roleOf(command));
    return readings;
  }
}

/** The same to a hundredth of a core and a megabyte. */
export function roundedUse({ processes, cores, waiting, largestMB, ownMB, totalMB }: RoleUse): RoleUse {
  return {
    processes,
    cores: rounded(cores, 2),
    waiting: rounded(waiting, 3),
    largestMB: Math.round(largestMB),
    ownMB: Math.round(ownMB),
    totalMB: Math.round(totalMB),
  };
}

/** Processor seconds that a process has used so far; 0 when it is gone. */
export function processorSeconds(pid: number): number {
  return (processorUse(pid)?.ticks ?? 0) / ticksPerSecond;
}

function roleOf(command: string): Role {
  if (/analysis\/process\/main\.[jt]s/.test(command)) return 'analysis';
  if (/ffmpeg .*rawvideo/.test(command)) return 'decode';
  return command.includes('ffmpeg') ? 'ingest' : 'other';
}

/** How long a process's main thread has waited for a core so far: the second number of `schedstat`, in nanoseconds. */
function waitedSeconds(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e9;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}

function memoryOf(pid: number): { readonly residentMB: number; readonly ownMB: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name: string) =>
      (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024) / 1e6;
    return { residentMB: megabytes('VmRSS'), ownMB: megabytes('RssAnon') };
  } catch {
    // It ended meanwhile.
    return { residentMB: 0, ownMB: 0 };
  }
}
