import type { VideoCodec } from '../access-unit.js';
import { RtcError } from './rtc-error.js';

/** An offer, reduced to the one codec that is going to be used. */
export interface ReducedOffer {
  readonly codec: VideoCodec;
  /** The browser's number for that codec. */
  readonly payloadType: number;
  /** The offer with nothing in its video section that could lead the answer astray. */
  readonly sdp: string;
}

/** Chromium's offers are 6-10 kB; with many interfaces and codecs perhaps 20. */
const maxOfferBytes = 64 * 1024;
/** The server sends a packet to each candidate of the offer, so their number is bounded. */
const maxCandidates = 32;

/** Profiles of H.264 in the order they are wished for: constrained baseline is what every browser decodes. */
const profileOrder = ['42e0', '4200', '4d', '64'];

/**
 * Checks an SDP offer (RFC 8866) and cuts it down to one video codec.
 *
 * werift matches codecs by name only and would answer with any H.264 variant, TWCC included; the offer it sees has
 * only the variant that is meant. RTX, FEC and simulcast are left out, and so are candidates that are no IP addresses,
 * because a stranger's offer should not make the server look up names.
 *
 * @param codecs acceptable codecs; where a browser offers several, its own order decides
 * @throws RtcError `sdp-too-large`, `invalid-sdp`, `unsupported-media` or `unsupported-codec`
 */
export function reduceOffer(offer: string, codecs: readonly VideoCodec[]): ReducedOffer {
  if (offer.length > maxOfferBytes) {
    throw new RtcError(
      'sdp-too-large',
      `the offer has ${offer.length} characters, at most ${maxOfferBytes} are read`,
    );
  }
  const { session, media } = splitSections(offer);
  const videos = media.filter((section) => section[0]?.startsWith('m=video '));
  const audios = media.filter((section) => section[0]?.startsWith('m=audio '));
  if (videos.length !== 1 || audios.length > 1 || media.length !== videos.length + audios.length) {
    throw new RtcError(
      'unsupported-media',
      'the offer must have one video section, at most one audio, nothing else',
    );
  }
  for (const section of media) requireTransport(session, section);
  const video = videos[0] ?? [];
  const choice = chooseCodec(video, codecs);
  if (choice === undefined) {
    throw new RtcError(
      'unsupported-codec',
      `the offer has none of the codecs that can be used: ${codecs.join(', ')}`,
    );
  }
  const lines = [
    ...session,
    ...media.flatMap((section) => (section === video ? reduceVideo(section, choice.payloadType) : section)),
  ].filter(keepCandidate);
  if (lines.filter((line) => line.startsWith('a=candidate:')).length > maxCandidates) {
    throw new RtcError('invalid-sdp', `the offer has more than ${maxCandidates} candidates`);
  }
  return { ...choice, sdp: lines.map((line) => `${line}\r\n`).join('') };
}

function splitSections(offer: string): { session: string[]; media: string[][] } {
  const lines = offer.split(/\r\n|\n/).filter((line) => line !== '');
  if (lines[0] !== 'v=0' || lines.some((line) => !/^[a-z]=[^\0\r]*$/.test(line))) {
    throw new RtcError('invalid-sdp', 'the body is no SDP offer');
  }
  const session: string[] = [];
  const media: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('m=')) media.push([]);
    (media.at(-1) ?? session).push(line);
  }
  return { session, media };
}

function requireTransport(session: readonly string[], section: readonly string[]): void {
  const head = section[0] ?? '';
  if (!/^m=(audio|video) \d{1,5} UDP\/TLS\/RTP\/SAVPF( \d{1,3})+$/.test(head)) {
    throw new RtcError('invalid-sdp', 'a media line of the offer is not that of WebRTC');
  }
  const required = [
    /^a=ice-ufrag:[A-Za-z0-9+/]{4,256}$/,
    /^a=ice-pwd:[A-Za-z0-9+/]{22,256}$/,
    /^a=fingerprint:[a-z0-9-]+ ([0-9A-Fa-f]{2}:)+[0-9A-Fa-f]{2}$/,
    /^a=setup:(actpass|active|passive)$/,
    /^a=mid:[\x21-\x7e]{1,32}$/,
  ];
  for (const pattern of required) {
    if (![...session, ...section].some((line) => pattern.test(line))) {
      const what = pattern.source.slice(3, pattern.source.indexOf(':'));
      throw new RtcError('invalid-sdp', `the offer has no valid ${what}`);
    }
  }
}

interface OfferedCodec {
  readonly codec: VideoCodec;
  readonly payloadType: number;
  /** 0 is the most welcome variant. */
  readonly rank: number;
}

function chooseCodec(
  video: readonly string[],
  codecs: readonly VideoCodec[],
): Pick<ReducedOffer, 'codec' | 'payloadType'> | undefined {
  const payloadTypes = (video[0] ?? '').split(' ').slice(3).map(Number);
  const offered = payloadTypes.flatMap((payloadType) => offeredCodec(video, payloadType) ?? []);
  const first = offered.find(({ codec }) => codecs.includes(codec));
  const [best] = offered.filter(({ codec }) => codec === first?.codec).sort((a, b) => a.rank - b.rank);
  return best && { codec: best.codec, payloadType: best.payloadType };
}

function offeredCodec(video: readonly string[], payloadType: number): OfferedCodec | undefined {
  const name = attribute(video, `a=rtpmap:${payloadType} `)?.toUpperCase();
  if (name === 'VP8/90000') return { codec: 'vp8', payloadType, rank: 0 };
  if (name !== 'H264/90000') return undefined;
  const rank = rankOfH264(attribute(video, `a=fmtp:${payloadType} `) ?? '');
  return rank === undefined ? undefined : { codec: 'h264', payloadType, rank };
}

/** How welcome an H.264 variant is, 0 the most; `undefined` without packetization mode 1. */
function rankOfH264(format: string): number | undefined {
  if (!/(^|[; ])packetization-mode=1(;|$)/.test(format)) return undefined;
  const profile = /profile-level-id=([0-9a-f]{6})/i.exec(format)?.[1]?.toLowerCase() ?? '';
  const rank = profileOrder.findIndex((start) => profile.startsWith(start));
  return rank === -1 ? profileOrder.length : rank;
}

function attribute(section: readonly string[], start: string): string | undefined {
  return section.find((line) => line.startsWith(start))?.slice(start.length);
}

function reduceVideo(section: readonly string[], payloadType: number): string[] {
  const [head = '', ...attributes] = section;
  const sources = new Set(
    attributes.flatMap((line) => /^a=ssrc-group:\w+ (\d+) (.+)$/.exec(line)?.[2]?.split(' ') ?? []),
  );
  const kept = attributes.filter((line) => {
    const numbered = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+|\*) (.*)$/.exec(line);
    if (numbered !== null) {
      return numbered[1] === String(payloadType) && !/^(transport-cc|ccm fir)/.test(numbered[2] ?? '');
    }
    if (/^a=(ssrc-group|simulcast|rid):/.test(line)) return false;
    const source = /^a=ssrc:(\d+) /.exec(line)?.[1];
    return source === undefined || !sources.has(source);
  });
  return [`${head.split(' ').slice(0, 3).join(' ')} ${payloadType}`, ...kept];
}

/** True for all lines but candidates over TCP and those that name a host instead of an address. */
function keepCandidate(line: string): boolean {
  if (!line.startsWith('a=candidate:')) return true;
  const [, , transport, , address = ''] = line.split(' ');
  return transport?.toLowerCase() === 'udp' && /^[0-9a-fA-F.:]+$/.test(address) && /[.:]/.test(address);
}
