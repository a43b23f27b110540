import { execFile } from 'node:child_process';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { packageRoot } from '../../server/package-root.js';
import { readSetupFacts } from '../../server/setup-facts.js';

/** On what, and with what, something was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly ffmpeg: string;
  /** `wasm` where TensorFlow could not be had. */
  readonly tensorflow: string;
  /** Mean number of runnable processes in the minute before: above a few tenths the machine was not quiet. */
  readonly loadBefore: number;
}

/** Looks at this machine. */
export async function describeMachine(): Promise<Machine> {
  const { stdout } = await promisify(execFile)('ffmpeg', ['-version']);
  const { engine } = readSetupFacts(packageRoot());
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    ffmpeg: /^ffmpeg version (\S+)/.exec(stdout)?.[1] ?? 'unknown',
    tensorflow: engine?.tensorflow ?? engine?.backend ?? 'unknown',
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** The same in one line. */
export function machineLine(machine: Machine): string {
  const { cpu, cores, memoryGiB, node, ffmpeg, tensorflow, loadBefore } = machine;
  return (
    `${cpu}, ${cores} cores, ${memoryGiB} GiB; Node ${node}, ffmpeg ${ffmpeg}, TensorFlow ${tensorflow}; ` +
    `load before ${loadBefore}`
  );
}
