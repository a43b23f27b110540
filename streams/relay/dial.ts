import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import { connect, isIP } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import { type CertificateRule, checkCertificate } from './certificate-rule.js';
import { RelayError } from './relay-problem.js';

/**
 * Finds the IP address to connect to, or refuses.
 *
 * @throws RelayError `forbidden-address`, `unknown-host`
 */
export type ResolveHost = (host: string, port: number) => Promise<{ address: string; family: 4 | 6 }>;

/** The system's resolver, without any rule; the server puts its policy here. */
export const resolveAnyHost: ResolveHost = async (host) => {
  const { address, family } = await lookup(host);
  return { address, family: family === 6 ? 6 : 4 };
};

/** Where a camera is. */
export interface Upstream {
  /** Name or IP literal without brackets. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Which certificate is taken where it speaks TLS. */
  readonly certificate: CertificateRule;
}

const defaultPorts: Readonly<Record<string, number>> = {
  'rtsp:': 554,
  'rtsps:': 322,
  'http:': 80,
  'https:': 443,
};
const connectTimeoutMs = 10_000;

/** Where a URL leads. */
export function upstreamOf(url: URL, certificate: CertificateRule): Upstream {
  return {
    certificate,
    host: decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (defaultPorts[url.protocol] ?? 0) : Number(url.port),
    tls: url.protocol === 'rtsps:' || url.protocol === 'https:',
  };
}

/**
 * Connects to a camera at the address that was resolved, once, for this connection. A certificate that the rule does not allow
 * ends it before a word is said.
 *
 * @param signal calls it off
 * @throws RelayError, or the socket's error
 */
export async function dial(
  { host, port, tls, certificate }: Upstream,
  resolve: ResolveHost,
  signal?: AbortSignal,
): Promise<Socket> {
  const { address, family } = await resolve(host, port);
  const target = { host: address, family, port };
  const socket = tls
    ? connectTls({ ...target, rejectUnauthorized: false, ...(isIP(host) === 0 ? { servername: host } : {}) })
    : connect(target);
  socket.setNoDelay(true);
  try {
    await opened(socket, tls ? 'secureConnect' : 'connect', signal);
    if (socket instanceof TLSSocket) checkCertificate(socket, certificate);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

function opened(socket: Socket, event: 'connect' | 'secureConnect', signal?: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => settle(new RelayError('timed-out', 'timed out')), connectTimeoutMs);
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off('error', settle).off(event, onOpen).off('close', onClose);
      if (error === undefined) done();
      else fail(error);
    };
    const onOpen = (): void => settle();
    const onClose = (): void => settle(new RelayError('disconnected', 'connection closed by the camera'));
    const onAbort = (): void => settle(new RelayError('other', 'called off'));
    signal?.addEventListener('abort', onAbort);
    if (signal?.aborted === true) onAbort();
    socket.once('error', settle).once(event, onOpen).once('close', onClose);
  });
}
