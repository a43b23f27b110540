import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { readTlsFiles, type TlsFiles, watchTlsFiles } from './tls-files.js';

/** The address is in use, or not allowed. */
export class AddressTakenError extends Error {
  override readonly name = 'AddressTakenError';
  readonly code = 'address-taken';

  constructor(host: string, port: number, cause: unknown) {
    super(`Port ${port} on ${host} is taken by another program. Stop it, or choose another --port.`, {
      cause,
    });
  }
}

/** An HTTP server with limits for slow and idle clients. Attach sockets to `server` before `listen`. */
export interface HttpListener {
  readonly server: Server;
  /**
   * @returns the port, also where 0 asked for a free one
   * @throws AddressTakenError
   */
  listen(host: string, port: number): Promise<number>;
  /** Takes no more requests, lets those under way end within the grace, then cuts all connections; idempotent. */
  close(graceMs?: number): Promise<void>;
}

/** How a listener serves. */
export interface HttpListenerOptions {
  /** Serves HTTPS with these; renewed files are taken up. */
  readonly tls?: TlsFiles | undefined;
  /** Told when renewed files cannot be used. */
  readonly onProblem?: (error: unknown) => void;
}

const limits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2000,
  maxHeaderSize: 16 * 1024,
};

/**
 * Makes the server of an application; it does not listen yet.
 *
 * @throws TlsFilesError
 */
export function createHttpListener(app: RequestListener, options: HttpListenerOptions = {}): HttpListener {
  const { server, unwatch } = createServerFor(app, options);
  server.maxConnections = 4000;
  let closing: Promise<void> | undefined;
  return {
    server,
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        const fail = (error: NodeJS.ErrnoException): void => {
          const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
          reject(taken ? new AddressTakenError(host, port, error) : error);
        };
        server.once('error', fail);
        server.listen(port, host, () => {
          server.off('error', fail);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close: (graceMs = 2000) =>
      (closing ??= new Promise((resolve) => {
        unwatch();
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        // The only error is "not running", and then all is closed.
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        server.closeIdleConnections();
      })),
  };
}

function createServerFor(
  app: RequestListener,
  { tls, onProblem = () => undefined }: HttpListenerOptions,
): { server: Server; unwatch: () => void } {
  if (tls === undefined) return { server: createServer(limits, app), unwatch: () => undefined };
  const server = createTlsServer({ ...limits, ...readTlsFiles(tls), minVersion: 'TLSv1.2' }, app);
  const unwatch = watchTlsFiles(tls, (identity) => server.setSecureContext(identity), onProblem);
  return { server, unwatch };
}
