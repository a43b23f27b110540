import { CameraFieldError } from '../../../streams/camera/camera-field-error.js';
import { type CameraFields, parseCamera } from '../../../streams/camera/camera-config.js';
import { probeCamera } from '../../../streams/camera/probe-camera.js';
import { LoopbackRelay } from '../../../streams/relay/loopback-relay.js';
import { RelayError } from '../../../streams/relay/relay-problem.js';
import { cameraPolicy } from '../../addresses/address-policy.js';
import { RefusedAddressError } from '../../addresses/refused-address-error.js';
import { resolveChecked } from '../../addresses/resolve-checked.js';
import { reconnectReasonOf, type ReconnectReason } from '../../metrics/reconnect-reason.js';
import type { CameraView } from '../../realtime/events.js';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

/** A camera to look at, its address as typed. */
export type CameraToLookAt = Pick<CameraFields, 'id' | 'url' | 'transport' | 'certificate'> & {
  readonly enabled: boolean;
};

/** How cameras are looked at. */
export interface CameraLook {
  readonly timeoutMs: number;
  /** Of the server, which no camera may lead to. */
  readonly ownPort: number;
}

/** Connections at once: each is a process. */
const atOnce = 4;

const remedies: Readonly<Record<ReconnectReason, string>> = {
  unauthorised: 'correct user and password on the page of the camera, or in its address',
  untrusted: 'if the certificate is the camera’s own, give the camera its fingerprint: certificate: sha256:…',
  not_found: 'correct the path of the address; the camera’s manual has it',
  unreachable: 'is the camera on, and its address right? Try: ping HOST',
  timed_out: 'is the camera on, and does a firewall stand between? Try: ping HOST',
  disconnected: 'does the camera allow one more viewer? Restart it, or close others',
  unreadable: 'choose another stream of the camera: H.264 or H.265 over RTSP',
  ended: 'is it a live stream? A file that ends needs loop: true',
  other: 'try the address with: ffprobe ADDRESS',
};

const fileRemedy = 'correct the path; it must lead to a video that this user may read';

/** Opens each camera for a moment, as the server would. Words about them carry no secrets. */
export async function probedFindings(
  cameras: readonly CameraToLookAt[],
  { timeoutMs, ownPort }: CameraLook,
): Promise<Finding[]> {
  const policy = cameraPolicy(() => [ownPort]);
  const relay = new LoopbackRelay(async (host, port) => {
    try {
      return await resolveChecked({ host, port }, policy);
    } catch (error) {
      if (!(error instanceof RefusedAddressError)) throw error;
      if (error.code === 'unknown-host') throw new RelayError('unknown-host', 'unknown host name');
      throw new RelayError('forbidden-address', `the address ${error.rule}`);
    }
  });
  const waiting = [...cameras.entries()];
  const findings = new Array<Finding>(cameras.length);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      findings[next[0]] = await probed(next[1], timeoutMs, relay);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    await relay.close();
  }
  return findings;
}

/** What the running server says of its cameras: a second connection could take the first one's place. */
export function servedFindings(cameras: readonly CameraView[]): Finding[] {
  return cameras.map(({ id, enabled, kind, address, certificate, status: { state, reason, video } }) => {
    const name = `camera ${id}`;
    if (!enabled) return fine(name, 'switched off');
    if (state === 'live')
      return open(name, video === undefined ? 'live' : `live, ${video.width}x${video.height}`, certificate);
    if (kind === 'webcam') return fine(name, 'waits for a browser');
    if (state === 'connecting') {
      return { name, state: 'warning', detail: 'being connected', remedy: 'look again in ten seconds' };
    }
    return failed(name, reason === '' ? state : reason, address);
  });
}

async function probed(
  { enabled, ...fields }: CameraToLookAt,
  timeoutMs: number,
  relay: LoopbackRelay,
): Promise<Finding> {
  const name = `camera ${fields.id}`;
  if (!enabled) return fine(name, 'switched off');
  try {
    const config = parseCamera(fields);
    const { ok, summary } = await probeCamera(config, { timeoutMs, relay });
    return ok ? open(name, summary, config.certificate) : failed(name, summary, config.url);
  } catch (error) {
    if (!(error instanceof CameraFieldError)) throw error;
    const remedy = `correct the ${error.field} of this camera`;
    return { name, state: 'failed', detail: error.message, remedy, trouble: 'configuration' };
  }
}

/** A camera that can be seen; an impostor could stand in for one whose certificate is not looked at. */
function open(name: string, detail: string, certificate: string | undefined): Finding {
  if (certificate !== 'any') return fine(name, detail);
  const remedy = 'pin its certificate: certificate: sha256:…';
  return { name, state: 'warning', detail: `${detail}; its certificate is not checked`, remedy };
}

function failed(name: string, reason: string, address: string): Finding {
  const kind = reconnectReasonOf(reason);
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  const remedy = host === '' ? fileRemedy : remedies[kind].replace('HOST', host);
  return { name, state: 'failed', detail: reason, remedy };
}
