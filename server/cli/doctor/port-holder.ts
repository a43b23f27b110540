import { readdir, readFile, readlink } from 'node:fs/promises';

/** Who listens on a port, as far as this user can see. */
export interface PortHolder {
  readonly uid: number;
  /** Undefined where the process is of somebody else. */
  readonly process?: { readonly pid: number; readonly program: string };
}

/** Of the column `st`. */
const listening = '0A';

/** Finds who listens on a TCP port, from Linux's `/proc`; undefined where nobody does, or there is no `/proc`. */
export async function portHolder(port: number): Promise<PortHolder | undefined> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readOrNothing(`/proc/net/${name}`)));
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  for (const line of tables.join('\n').split('\n')) {
    const [, local = '', , state, , , , uid, , inode] = line.trim().split(/\s+/);
    if (state !== listening || !local.endsWith(`:${wanted}`) || inode === undefined) continue;
    const holder = await processOf(`socket:[${inode}]`);
    return { uid: Number(uid), ...(holder === undefined ? {} : { process: holder }) };
  }
  return undefined;
}

async function processOf(socket: string): Promise<PortHolder['process']> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const folder = `/proc/${pid}/fd`;
    // Processes of others, and those that are gone, show nothing.
    const files = await readdir(folder).catch(() => []);
    const targets = await Promise.all(files.map((file) => readlink(`${folder}/${file}`).catch(() => '')));
    if (!targets.includes(socket)) continue;
    return { pid: Number(pid), program: (await readOrNothing(`/proc/${pid}/comm`)).trim() };
  }
  return undefined;
}

async function readOrNothing(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
