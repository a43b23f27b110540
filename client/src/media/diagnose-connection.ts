import type { ConnectionEvidence, OfferedAddress, Refusal } from './connection-evidence.js';

/** The steps of a connection in their order. */
export const connectionSteps = [
  'browser',
  'server',
  'candidates',
  'offer',
  'path',
  'handshake',
  'video',
] as const;

/** One step of a connection. */
export type ConnectionStep = (typeof connectionSteps)[number];

/** What helps; the words for it are the page's. */
export type Remedy =
  | 'noWebRtc'
  | 'insecure'
  | 'unreachable'
  | 'signIn'
  | 'noCandidates'
  | 'noVideo'
  | 'codec'
  | 'full'
  | 'refused'
  | 'hostAddresses'
  | 'udp'
  | 'turn'
  | 'turnFailed'
  | 'handshake'
  | 'noPackets'
  | 'notDecoded';

/** How a connection that does not come about fails. */
export interface Diagnosis {
  readonly failed: ConnectionStep;
  /** The most likely one first. */
  readonly remedies: readonly Remedy[];
}

/** How far a check has come that has not failed (yet); undefined when all steps are done. */
export function stepUnderWay(evidence: ConnectionEvidence): ConnectionStep | undefined {
  const { turn, local, remote, path, encrypted, media } = evidence;
  if (turn === undefined) return 'server';
  if (local === undefined) return 'candidates';
  if (remote === undefined) return 'offer';
  if (path === undefined) return 'path';
  if (encrypted === undefined) return 'handshake';
  return media === undefined ? 'video' : undefined;
}

/** Which step failed and what helps; undefined where nothing did. */
export function diagnose(evidence: ConnectionEvidence): Diagnosis | undefined {
  const { webRtc, direction, secure, turn, local, remote, refusal, path, encrypted, media } = evidence;
  if (!webRtc) return { failed: 'browser', remedies: ['noWebRtc'] };
  if (direction === 'send' && !secure) return { failed: 'browser', remedies: ['insecure'] };
  if (local?.length === 0) return { failed: 'candidates', remedies: ['noCandidates'] };
  if (refusal !== undefined) {
    return { failed: turn === undefined ? 'server' : 'offer', remedies: [remedyOf(refusal)] };
  }
  if (remote?.length === 0) return { failed: 'path', remedies: ['hostAddresses'] };
  if (path?.found === false) return { failed: 'path', remedies: pathRemedies(evidence) };
  if (encrypted === false) return { failed: 'handshake', remedies: ['handshake'] };
  if (media === undefined) return undefined;
  if (media.packets === 0) return { failed: 'video', remedies: ['noPackets', 'noVideo'] };
  if (media.frames === 0 && direction === 'watch') return { failed: 'video', remedies: ['notDecoded'] };
  return undefined;
}

function remedyOf({ status, code }: Refusal): Remedy {
  if (status === 0) return 'unreachable';
  if (status === 401 || status === 403) return 'signIn';
  if (status === 406) return 'codec';
  if (status === 429) return 'full';
  return code === 'no-video-yet' || code === 'camera-disabled' ? 'noVideo' : 'refused';
}

/** No pair of addresses worked: is it that the server's are wrong for this browser, or that UDP does not pass? */
function pathRemedies({ remote = [], local = [], turn, pageHost }: ConnectionEvidence): Remedy[] {
  const relayed = local.some(({ kind }) => kind === 'relay');
  return [
    ...(reachable(remote, pageHost) ? [] : ['hostAddresses' as const]),
    'udp',
    ...(turn !== true ? ['turn' as const] : relayed ? [] : ['turnFailed' as const]),
  ];
}

/**
 * Whether one of the server's addresses can be the one that the page came from: the same, or on the same side of the
 * line between loopback, private networks and the internet.
 */
function reachable(remote: readonly OfferedAddress[], pageHost: string): boolean {
  if (remote.some(({ address, kind }) => kind === 'relay' || address === pageHost)) return true;
  const page = scopeOf(pageHost);
  // A name says nothing about where it lies, unless it is this machine's own.
  if (page === 'name') return remote.some(({ address }) => scopeOf(address) !== 'loopback');
  return remote.some(({ address }) => scopeOf(address) === page);
}

function scopeOf(host: string): 'loopback' | 'private' | 'public' | 'name' {
  const plain = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (plain === 'localhost' || plain === '::1' || plain.startsWith('127.')) return 'loopback';
  if (plain.includes(':')) return /^f[cde]/.test(plain) ? 'private' : 'public';
  if (!/^\d+(\.\d+){3}$/.test(plain)) return 'name';
  return /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
    plain,
  )
    ? 'private'
    : 'public';
}
