import { createServer } from 'node:net';
import { getPlainly } from '../ask-server.js';
import type { Finding } from './finding.js';
import { fine, reasonOf } from './finding.js';
import { portHolder } from './port-holder.js';

/** Where the server listens, or would. */
export interface ServerPlace {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** A Maskwatch on this machine answers at once. */
const patienceMs = 3000;

/** Whether the server's port can be had, or who has it. */
export async function portFinding(place: ServerPlace): Promise<Finding> {
  const name = 'port';
  const { host, port } = place;
  const error = await tryToListen(host, port);
  if (error === undefined) return fine(name, port === 0 ? 'any free one' : `${port} is free`);
  const failed = (detail: string, remedy: string): Finding => {
    return { name, state: 'failed', detail, remedy, trouble: 'taken' };
  };
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      break;
    case 'EACCES': {
      const remedy = 'choose one above 1023 with server.port, and put a reverse proxy in front';
      return failed(`${port} may not be opened by this user`, remedy);
    }
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return failed(`${host} is no address of this machine`, 'correct server.host');
    default:
      return failed(`${port} on ${host}: ${reasonOf(error)}`, 'correct server.host and server.port');
  }
  const [holder, ours] = await Promise.all([portHolder(port), isMaskwatch(place)]);
  const who =
    holder?.process === undefined
      ? `a process of ${holder === undefined ? 'somebody' : `uid ${holder.uid}`}`
      : `${holder.process.program} (pid ${holder.process.pid})`;
  if (ours) return fine(name, `${port} is held by Maskwatch, ${who}`);
  const stop =
    holder?.process === undefined ? 'stop what runs there' : `stop it (kill ${holder.process.pid})`;
  return failed(`${port} is held by ${who}`, `${stop}, or take another: maskwatch serve --port ${port + 1}`);
}

async function isMaskwatch({ host, port, secure }: ServerPlace): Promise<boolean> {
  const near = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  const url = `${secure ? 'https' : 'http'}://${near.includes(':') ? `[${near}]` : near}:${port}`;
  try {
    const { text } = await getPlainly({ url }, '/health/live', patienceMs);
    return text === '{"status":"live"}';
  } catch {
    // Whatever answers there does not speak HTTP.
    return false;
  }
}

async function tryToListen(host: string, port: number): Promise<Error | undefined> {
  const server = createServer();
  try {
    await new Promise<void>((done, fail) => {
      server.once('error', fail).listen(port, host, () => {
        done();
      });
    });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    server.close();
  }
}
