import { readdir, readFile } from 'node:fs/promises';

/** A process that is neither gone nor a zombie. */
export interface LivingProcess {
  readonly pid: number;
  readonly command: string;
}

/**
 * Processes whose command line holds a text, read from /proc: `kill -0` would take a zombie for alive.
 */
export async function livingProcesses(text: string): Promise<LivingProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => look(pid)));
  return found.filter((one): one is LivingProcess => one?.command.includes(text) === true);
}

async function look(pid: string): Promise<LivingProcess | undefined> {
  try {
    const [status, command] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    if (/^State:\s+[ZX]/m.test(status)) return undefined;
    return { pid: Number(pid), command: command.replaceAll('\0', ' ') };
  } catch {
    // It ended while it was looked at.
    return undefined;
  }
}
