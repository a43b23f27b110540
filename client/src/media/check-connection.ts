import type { RtcSettings } from '../../../server/http/api.js';
import { ApiError } from '../api/api-error.js';
import { addressesOf, type ConnectionEvidence } from './connection-evidence.js';
import { diagnose } from './diagnose-connection.js';
import { peerConfiguration } from './peer-configuration.js';
import { endSession, exchangeSdp, type SdpSession } from './sdp-exchange.js';

/** What a check needs. */
export interface ConnectionCheck {
  readonly cameraId: string;
  readonly direction: ConnectionEvidence['direction'];
  /** Reads the settings; rejects with `ApiError`. */
  readonly rtc: () => Promise<RtcSettings>;
  readonly signal: AbortSignal;
  /** Called with all that is known after each step. */
  readonly onEvidence: (evidence: ConnectionEvidence) => void;
}

const pathLimitMs = 12_000;
const handshakeLimitMs = 5000;
const mediaLimitMs = 6000;
const lookMs = 200;

/**
 * Goes through a connection step by step with one of its own, ends it again, and tells what each step showed. A sender sends a grey
 * picture. Never rejects for a connection that fails; that is what it tells. Rejects with DOMException `AbortError` when `signal` fires.
 */
export async function checkConnection(check: ConnectionCheck): Promise<ConnectionEvidence> {
  let evidence: ConnectionEvidence = {
    direction: check.direction,
    secure: isSecureContext,
    webRtc: 'RTCPeerConnection' in globalThis,
    pageHost: location.hostname,
  };
  const learn = (more: Partial<ConnectionEvidence>): boolean => {
    evidence = { ...evidence, ...more };
    if (!check.signal.aborted) check.onEvidence(evidence);
    return diagnose(evidence) === undefined;
  };
  if (!learn({})) return evidence;
  let rtc: RtcSettings;
  try {
    rtc = await check.rtc();
  } catch (error) {
    learn({ refusal: refusalOf(error) });
    return evidence;
  }
  learn({ turn: rtc.iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url))) });
  await connectOnce(check, rtc, learn);
  return evidence;
}

async function connectOnce(
  { cameraId, direction, signal }: ConnectionCheck,
  rtc: RtcSettings,
  learn: (more: Partial<ConnectionEvidence>) => boolean,
): Promise<void> {
  const connection = new RTCPeerConnection(peerConfiguration(rtc));
  const picture = direction === 'send' ? greyPicture() : undefined;
  let session: SdpSession | undefined;
  try {
    if (picture === undefined) connection.addTransceiver('video', { direction: 'recvonly' });
    else connection.addTransceiver(picture.track, { direction: 'sendonly' });
    const endpoint = direction === 'watch' ? 'whep' : 'whip';
    try {
      session = await exchangeSdp(connection, `/${endpoint}/${encodeURIComponent(cameraId)}`, signal);
    } catch (error) {
      learn({ local: addressesOf(connection.localDescription?.sdp ?? ''), refusal: refusalOf(error) });
      return;
    }
    const taken = learn({
      local: addressesOf(connection.localDescription?.sdp ?? ''),
      remote: addressesOf(connection.remoteDescription?.sdp ?? ''),
    });
    if (!taken) return;
    const found = await until(pathLimitMs, signal, () => {
      const state = connection.iceConnectionState;
      if (state === 'connected' || state === 'completed') return true;
      return state === 'failed' || state === 'closed' ? false : undefined;
    });
    if (!learn({ path: { found: found === true, ...(await checksOf(connection)) } })) return;
    const encrypted = await until(handshakeLimitMs, signal, () => {
      if (connection.connectionState === 'connected') return true;
      return connection.connectionState === 'failed' ? false : undefined;
    });
    if (!learn({ encrypted: encrypted === true })) return;
    let media = { packets: 0, frames: 0 };
    await until(mediaLimitMs, signal, async () => {
      media = await mediaOf(connection);
      return media.packets > 0 && media.frames > 0 ? true : undefined;
    });
    learn({ media });
  } finally {
    if (session) endSession(session);
    connection.close();
    picture?.close();
  }
}

/** Asks again and again until there is an answer; undefined where none came in time. */
async function until(
  limitMs: number,
  signal: AbortSignal,
  ask: () => boolean | undefined | Promise<boolean | undefined>,
): Promise<boolean | undefined> {
  const end = performance.now() + limitMs;
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined || performance.now() >= end) return answer;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

/** How many connectivity checks went out, and how many were answered. */
async function checksOf(connection: RTCPeerConnection): Promise<{ sent: number; answered: number }> {
  let sent = 0;
  let answered = 0;
  for (const entry of await statistics(connection)) {
    if (entry.type !== 'candidate-pair') continue;
    sent += numberIn(entry, 'requestsSent');
    answered += numberIn(entry, 'responsesReceived');
  }
  return { sent, answered };
}

async function mediaOf(connection: RTCPeerConnection): Promise<{ packets: number; frames: number }> {
  let packets = 0;
  let frames = 0;
  for (const entry of await statistics(connection)) {
    if (entry.type === 'inbound-rtp') {
      packets += numberIn(entry, 'packetsReceived');
      frames += numberIn(entry, 'framesDecoded');
    } else if (entry.type === 'outbound-rtp') {
      packets += numberIn(entry, 'packetsSent');
      frames += numberIn(entry, 'framesEncoded');
    }
  }
  return { packets, frames };
}

async function statistics(connection: RTCPeerConnection): Promise<RTCStats[]> {
  const entries: RTCStats[] = [];
  (await connection.getStats()).forEach((entry: RTCStats) => entries.push(entry));
  return entries;
}

function numberIn(entry: RTCStats, name: string): number {
  const value = (entry as unknown as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'number' ? value : 0;
}

function refusalOf(error: unknown): { status: number; code: string; message: string } {
  if (error instanceof ApiError) return { status: error.status, code: error.code, message: error.message };
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  // `fetch` rejects with a TypeError where there is no answer.
  const status = error instanceof TypeError ? 0 : -1;
  return { status, code: 'failed', message: error instanceof Error ? error.message : String(error) };
}

/** A moving grey picture, so that a sender has something to send without asking for the webcam. */
function greyPicture(): { readonly track: MediaStreamTrack; close(): void } {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 180;
  const context = canvas.getContext('2d');
  let shade = 0;
  const timer = setInterval(() => {
    shade = (shade + 8) % 128;
    if (!context) return;
    context.fillStyle = `rgb(${shade} ${shade} ${shade})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }, 100);
  const [track] = canvas.captureStream(10).getVideoTracks();
  if (track === undefined) throw new TypeError('a canvas gives no video');
  return {
    track,
    close: () => {
      clearInterval(timer);
      track.stop();
    },
  };
}
