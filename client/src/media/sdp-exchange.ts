import { errorOfResponse } from '../api/api-error.js';

/** A WHIP or WHEP session that the server accepted. */
export interface SdpSession {
  /** The session's own address; DELETE ends it. */
  readonly url: string;
}

/** Candidates that have not come by then are done without; on a LAN all come at once. */
const gatheringLimitMs = 2000;

/**
 * Offers a connection in a single request, candidates included, and applies the answer (WHIP: RFC 9725; WHEP likewise).
 *
 * @param endpoint `/whip/…` or `/whep/…`
 * @throws ApiError when the server refuses, DOMException `AbortError` when `signal` fires
 */
export async function exchangeSdp(
  connection: RTCPeerConnection,
  endpoint: string,
  signal: AbortSignal,
): Promise<SdpSession> {
  await connection.setLocalDescription(await connection.createOffer());
  await gathered(connection, signal);
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/sdp' },
    body: connection.localDescription?.sdp ?? '',
    signal,
  });
  if (!response.ok) throw await errorOfResponse(response);
  const session = { url: new URL(response.headers.get('location') ?? endpoint, response.url).href };
  try {
    await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  } catch (error) {
    endSession(session);
    throw error;
  }
  return session;
}

/**
 * Tells the server that the session is over. Works while the page is being closed, and needs no answer: the server
 * notices a silent peer by itself, only later.
 */
export function endSession(session: SdpSession): void {
  fetch(session.url, { method: 'DELETE', keepalive: true }).catch(() => {
    // The server is gone or the session already is; either way nothing is left to end.
  });
}

/** Resolves when all candidates are known, or enough time was spent on them. */
async function gathered(connection: RTCPeerConnection, signal: AbortSignal): Promise<void> {
  if (connection.iceGatheringState === 'complete') return;
  const done = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const options = { signal: done.signal };
      const timer = setTimeout(resolve, gatheringLimitMs);
      done.signal.addEventListener('abort', () => clearTimeout(timer));
      const onChange = (): void => {
        if (connection.iceGatheringState === 'complete') resolve();
      };
      connection.addEventListener('icegatheringstatechange', onChange, options);
      signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')), options);
      onChange();
    });
  } finally {
    done.abort();
  }
}
