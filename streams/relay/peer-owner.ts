import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';

/**
 * Tells whether a connection on the loopback interface was made by a process of our own user. Addresses of the relay stand
 * in command lines, where every user of the machine can read them.
 *
 * @param peerPort the other end of the connection
 * @param ownPort our end
 * @returns true also where the kernel does not tell (no `/proc`)
 */
export async function isOwnUser(peerPort: number, ownPort: number): Promise<boolean> {
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => undefined);
  if (table === undefined) return true;
  const hex = (port: number): string => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of table.split('\n')) {
    const [, local, remote, , , , , uid] = line.trim().split(/\s+/);
    if (local === hex(peerPort) && remote === hex(ownPort)) return Number(uid) === userInfo().uid;
  }
  // The peer is gone already.
  return false;
}
