import type { Config } from '../config/schema.js';
import type { Logger } from '../log/logger.js';
import type { Database } from '../storage/open-database.js';
import { type Access, createAccess } from './access.js';
import { isLoopbackHost } from './loopback-host.js';

/** What access is started with. */
export interface StartAccessOptions {
  readonly server: Config['server'];
  readonly log: Pick<Logger, 'error' | 'info'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Makes the account `admin` where there is no account; for machines without a terminal. */
  readonly adminPassword: string | undefined;
}

/** Name of the account that is made from a password file. */
export const headlessAdmin = 'admin';

/**
 * Starts access for a server.
 *
 * @throws AccessError `weak-password` for a bad password of the first account
 */
export async function startAccess(db: Database, options: StartAccessOptions): Promise<Access> {
  const { server, log, now, adminPassword } = options;
  const access = createAccess(db, {
    now,
    onLoopback: isLoopbackHost(server.host),
    trustedProxies: server.trustedProxies,
    onProblem: (error) => log.error({ err: error }, 'access'),
  });
  try {
    if (adminPassword !== undefined && access.accounts.none) {
      await access.accounts.add({ name: headlessAdmin, password: adminPassword, role: 'admin' });
      log.info({ name: headlessAdmin }, 'the first account was made from the password file');
    }
    return access;
  } catch (error) {
    access.close();
    throw error;
  }
}
