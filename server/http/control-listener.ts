import { chmodSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Closable } from '../close-stack.js';

/** Longest path that a socket may have, with its end, on every system we run on. */
const longestPath = 103;

/** Where the command line finds a running server; readable by the owner of the data folder alone. */
export function controlPath(dataDir: string): string {
  return join(dataDir, 'control.sock');
}

/**
 * Serves an application on a socket in the data folder, for the command line: whoever may open the database anyway may ask
 * the server that holds it. The caller holds the lock of the folder, so a socket that is there is a dead server's.
 *
 * @returns undefined where the path is too long for a socket
 */
export async function listenForControl(app: RequestListener, dataDir: string): Promise<Closable | undefined> {
  const path = controlPath(dataDir);
  if (Buffer.byteLength(path) > longestPath) return undefined;
  rmSync(path, { force: true });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
  chmodSync(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        // The only error is "not running", and then all is closed. The file goes with the server.
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
