import { readdir, readFile } from 'node:fs/promises';

/** A process that is neither gone nor a zombie. */
export interface LivingProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes, read from /proc: `kill -0` would take a zombie for alive. */
export async function livingProcesses(): Promise<LivingProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => look(pid)));
  return found.filter((one) => one !== undefined);
}

/** The children of a process, their children, and so on. */
export async function descendantsOf(pid: number): Promise<LivingProcess[]> {
  const all = await livingProcesses();
  const found: LivingProcess[] = [];
  let parents = new Set([pid]);
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent));
    found.push(...children);
    parents = new Set(children.map((child) => child.pid));
  }
  return found;
}

async function look(pid: string): Promise<LivingProcess | undefined> {
  try {
    const [status, command] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    if (/^State:\s+[ZX]/m.test(status)) return undefined;
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
    return { pid: Number(pid), parent, command: command.replaceAll('\0', ' ') };
  } catch {
    // It ended while it was looked at.
    return undefined;
  }
}
