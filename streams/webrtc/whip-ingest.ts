import type { VideoCodec } from '../access-unit.js';
import type { RtpHub, RtpIngest } from '../rtp/rtp-hub.js';
import type { RtcSession } from './rtc-session.js';
import type { RtcSettings } from './rtc-settings.js';
import { reduceOffer } from './sdp-offer.js';
import { SessionEnd } from './session-end.js';
import { withStartBitrate } from './start-bitrate.js';
import { answerPublisher, type ReceivingPeer } from './werift-peer.js';

/** What a WHIP session needs. */
export interface WhipIngestOptions {
  readonly offerSdp: string;
  /** Where the video goes; nothing happens to it before the first packet has come. */
  readonly hub: Pick<RtpHub, 'begin'>;
  readonly settings: RtcSettings;
  /** Milliseconds that never run backwards, such as `monotonicMs`. */
  readonly clock: () => number;
  /** What the browser may send, in bit/s; 2.5 Mbit/s where absent, enough for 720p. */
  readonly maxBitrate?: number;
  /** How long the session lives without a packet, in milliseconds; 5000 where absent. */
  readonly silenceMs?: number;
}

/** Counters of a WHIP session. */
export interface WhipIngestStats {
  readonly codec: VideoCodec;
  readonly packets: number;
  readonly bytes: number;
  /** Keyframes that were asked for. */
  readonly keyframeRequests: number;
}

const tickMs = 500;
/** Connecting takes under a second; a browser that has not managed by now will not. */
const connectMs = 15_000;

/**
 * Takes a browser's video by WHIP (RFC 9725): one offer, one answer with all candidates, then RTP into the hub.
 *
 * The session ends by itself, with a reason: no packet for 5 s (a browser that is closed says nothing), connection
 * lost, or another upstream took the hub.
 *
 * @throws RtcError when the offer is refused
 */
export async function createWhipIngest(options: WhipIngestOptions): Promise<RtcSession<WhipIngestStats>> {
  const { hub, settings, clock, maxBitrate = 2_500_000, silenceMs = 5000 } = options;
  const offer = reduceOffer(options.offerSdp, ['vp8', 'h264']);
  let peer: ReceivingPeer | undefined = undefined;
  let ingest: RtpIngest | undefined;
  let packets = 0;
  let bytes = 0;
  let keyframeRequests = 0;
  let ticker: NodeJS.Timeout | undefined = undefined;
  const end = new SessionEnd(async () => {
    clearInterval(ticker);
    ingest?.end();
    await peer?.close();
  });
  const startedMs = clock();
  let lastPacketMs: number | undefined;

  const requestKeyframe = (): void => {
    keyframeRequests += 1;
    peer?.requestKeyframe();
  };
  const onPacket = (packet: Buffer): void => {
    if (end.begun) return;
    lastPacketMs = clock();
    packets += 1;
    bytes += packet.length;
    ingest ??= hub.begin(offer.codec, { requestKeyframe });
    ingest.push(packet, lastPacketMs);
  };
  const reasonToEnd = (): string | undefined => {
    if (ingest?.ended === true) return 'another sender took over';
    const now = clock();
    if (lastPacketMs === undefined) return now - startedMs > connectMs ? 'no video ever came' : undefined;
    return now - lastPacketMs > silenceMs ? `no video for ${silenceMs / 1000} s` : undefined;
  };

  peer = await answerPublisher(offer, settings, {
    onConnected: () => undefined,
    onFailed: () => void end.close('the connection to the browser was lost'),
    onPacket,
  });
  ticker = setInterval(() => {
    const reason = reasonToEnd();
    if (reason === undefined) peer.allowBitrate(maxBitrate);
    else void end.close(reason);
  }, tickMs);
  if (end.begun) clearInterval(ticker);
  return {
    answerSdp: withStartBitrate(peer.answerSdp, offer.payloadType, maxBitrate),
    closed: end.closed,
    close: (reason = 'closed') => end.close(reason),
    stats: () => ({ codec: offer.codec, packets, bytes, keyframeRequests }),
  };
}
