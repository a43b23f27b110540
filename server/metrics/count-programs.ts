import { readdir, readFile } from 'node:fs/promises';

/** Processes looked at, at most; more would mean that something is very wrong already. */
const mostProcesses = 2000;

/**
 * Counts the descendants of a process that run a program, from Linux's `/proc`.
 *
 * @param program as in `/proc/PID/comm`, at most 15 characters
 * @returns undefined where there is no `/proc`
 */
export async function countPrograms(program: string, pid = process.pid): Promise<number | undefined> {
  const children = await childrenOf(pid);
  if (children === undefined) return undefined;
  let found = 0;
  const waiting = [...children];
  for (let seen = 0; waiting.length > 0 && seen < mostProcesses; seen++) {
    const child = waiting.pop();
    if (child === undefined) break;
    if ((await readOrNothing(`/proc/${child}/comm`))?.trim() === program) found++;
    waiting.push(...((await childrenOf(child)) ?? []));
  }
  return found;
}

async function childrenOf(pid: number): Promise<number[] | undefined> {
  let threads: string[];
  try {
    threads = await readdir(`/proc/${pid}/task`);
  } catch {
    // Gone in the meantime, or a system without /proc.
    return undefined;
  }
  const lists = await Promise.all(
    threads.map((thread) => readOrNothing(`/proc/${pid}/task/${thread}/children`)),
  );
  return lists.flatMap((list) =>
    (list ?? '')
      .split(' ')
      .filter((word) => /^\d+$/.test(word))
      .map(Number),
  );
}

async function readOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // The process ended while it was looked at.
    return undefined;
  }
}
