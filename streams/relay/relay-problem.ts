import type { FailureCode, PlainReason } from '../ffmpeg/plain-reason.js';

/** Why the way to a camera did not open or broke; ffmpeg, on the other side of the relay, cannot know. */
export class RelayError extends Error implements PlainReason {
  override readonly name = 'RelayError';

  constructor(
    readonly code: FailureCode,
    readonly reason: string,
  ) {
    super(reason);
  }
}

const bySystemCode: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ECONNREFUSED: ['refused', 'connection refused'],
  EHOSTUNREACH: ['no-route', 'no route to the camera'],
  ENETUNREACH: ['no-route', 'no route to the camera'],
  EADDRNOTAVAIL: ['no-route', 'no route to the camera'],
  ETIMEDOUT: ['timed-out', 'timed out'],
  ECONNRESET: ['disconnected', 'connection reset by the camera'],
  EPIPE: ['disconnected', 'connection reset by the camera'],
  ENOTFOUND: ['unknown-host', 'unknown host name'],
  EAI_AGAIN: ['unknown-host', 'unknown host name'],
};

/** The plain words for an error of a socket or a resolver. */
export function relayErrorOf(error: unknown): RelayError {
  if (error instanceof RelayError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = bySystemCode[code];
  if (known !== undefined) return new RelayError(...known);
  if (/SSL|TLS|CERT/.test(code)) return new RelayError('other', 'no encrypted connection with the camera');
  if (code.startsWith('HPE_')) return new RelayError('unreadable', 'the camera does not speak HTTP');
  return new RelayError('disconnected', 'the connection to the camera failed');
}
