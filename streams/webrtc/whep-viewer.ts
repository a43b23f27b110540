import type { VideoCodec } from '../access-unit.js';
import type { RtpSource } from '../rtp-source.js';
import { pictureFormat } from '../rtp/depacketiser.js';
import { parseRtp } from '../rtp/rtp-packet.js';
import { PacketFeed, type PacketFeedStats } from './packet-feed.js';
import { RtcError } from './rtc-error.js';
import type { RtcSession } from './rtc-session.js';
import type { RtcSettings } from './rtc-settings.js';
import { reduceOffer } from './sdp-offer.js';
import type { SendTurn } from './send-turn.js';
import { SessionEnd } from './session-end.js';
import { answerViewer, type SendingPeer } from './werift-peer.js';

/** What a WHEP session needs. */
export interface WhepViewerOptions {
  readonly offerSdp: string;
  readonly source: RtpSource;
  readonly settings: RtcSettings;
  /** Milliseconds that never run backwards, such as `monotonicMs`. */
  readonly clock: () => number;
  /** Shared by all viewers of a process. */
  readonly turn: SendTurn;
  /** How long to wait for a source that has not sent anything yet, in milliseconds; 3000 where absent. */
  readonly waitForVideoMs?: number;
}

/** Counters of a WHEP session. */
export interface WhepViewerStats extends PacketFeedStats {
  readonly codec: VideoCodec;
  readonly connected: boolean;
  /** Pictures that the viewer reported as lost (PLI). */
  readonly keyframeRequests: number;
}

const tickMs = 1000;
/** A viewer that gets packets reports every second or so; silence this long means that it has gone. */
const goneMs = 12_000;
/** Connecting takes under a second; a browser that has not managed by now will not. */
const connectMs = 15_000;
/**
 * A viewer who lost its picture gets it back with the camera's next keyframe. Only when none comes for this long is the
 * group of pictures sent again: its timestamps lie in the past, which costs a browser some seconds to get over.
 */
const keyframePatienceMs = 2500;
/** Of a sender that makes keyframes on request, only a group this short is worth catching up with. */
const shortGroupPackets = 250;

/**
 * Shows a source to one browser by WHEP: one offer, one answer with all candidates, then the packets since the last
 * keyframe and all that follow, with their timestamps as they are.
 *
 * The session ends by itself, with a reason: the viewer has gone, or the source changed its codec (the browser then
 * makes a new offer).
 *
 * @throws RtcError when the offer is refused; `no-video-yet` when the source's codec is still unknown
 */
export async function createWhepViewer(options: WhepViewerOptions): Promise<RtcSession<WhepViewerStats>> {
  const { source, settings, clock, waitForVideoMs = 3000 } = options;
  const codec = await codecOf(source, waitForVideoMs);
  const offer = reduceOffer(options.offerSdp, [codec]);
  const format = pictureFormat(codec);
  let peer: SendingPeer | undefined = undefined;
  let keyframeRequests = 0;
  let unsubscribe: (() => void) | undefined;
  let ticker: NodeJS.Timeout | undefined = undefined;
  const startedMs = clock();
  let pictureLostMs: number | undefined;
  let heardMs: number | undefined;
  let sentMs = 0;

  const beginsKeyframe = (packet: Buffer): boolean => {
    const payload = parseRtp(packet)?.payload;
    return payload !== undefined && format.beginsKeyframe(payload);
  };
  const feed = new PacketFeed({
    send: (packet) => {
      sentMs = clock();
      return peer?.send(packet) ?? Promise.resolve();
    },
    beginsKeyframe,
    turn: options.turn,
  });
  const end = new SessionEnd(async () => {
    clearInterval(ticker);
    unsubscribe?.();
    feed.close();
    await peer?.close();
  });

  const replay = (): void => {
    const gop = source.gopPackets();
    const isWorthIt = source.answersKeyframeRequests !== true || gop.length <= shortGroupPackets;
    if (isWorthIt && gop.length > 0) feed.replay(gop);
    else source.requestKeyframe();
  };
  const onPacket = (packet: Buffer): void => {
    if (source.codec !== codec)
      return void end.close(`the video changed from ${codec} to ${source.codec ?? 'nothing'}`);
    if (pictureLostMs !== undefined && beginsKeyframe(packet)) pictureLostMs = undefined;
    feed.push(packet);
  };
  const onConnected = (): void => {
    heardMs = clock();
    if (end.begun || unsubscribe !== undefined) return;
    replay();
    unsubscribe = source.onPacket(onPacket);
  };
  const onKeyframeWanted = (): void => {
    keyframeRequests += 1;
    if (!feed.catchingUp) pictureLostMs ??= clock();
    source.requestKeyframe();
  };
  const repair = (): void => {
    if (feed.needsKeyframe) source.requestKeyframe();
    if (pictureLostMs === undefined || clock() - pictureLostMs < keyframePatienceMs) return;
    pictureLostMs = undefined;
    replay();
  };
  const reasonToEnd = (): string | undefined => {
    const now = clock();
    if (heardMs === undefined) return now - startedMs > connectMs ? 'the viewer never connected' : undefined;
    // Without packets to report on, a viewer may well be silent; then ICE notices that it has gone.
    const isSending = now - sentMs < goneMs / 2;
    return isSending && now - heardMs > goneMs ? 'the viewer has gone' : undefined;
  };

  peer = await answerViewer(offer, settings, {
    onConnected,
    onFailed: () => void end.close('the connection to the viewer was lost'),
    onKeyframeWanted,
    onFeedback: () => {
      heardMs = clock();
    },
  });
  ticker = setInterval(() => {
    const reason = reasonToEnd();
    if (reason !== undefined) void end.close(reason);
    else repair();
  }, tickMs);
  if (end.begun) clearInterval(ticker);
  return {
    answerSdp: peer.answerSdp,
    closed: end.closed,
    close: (reason = 'closed') => end.close(reason),
    stats: () => ({ ...feed.stats(), codec, connected: heardMs !== undefined, keyframeRequests }),
  };
}

/** The codec of a source, after its first packet. */
function codecOf(source: RtpSource, waitMs: number): Promise<VideoCodec> {
  return new Promise((resolve, reject) => {
    if (source.codec !== undefined) {
      resolve(source.codec);
      return;
    }
    const unsubscribe = source.onPacket(() => {
      if (source.codec === undefined) return;
      clearTimeout(timer);
      unsubscribe();
      resolve(source.codec);
    });
    const timer = setTimeout(() => {
      unsubscribe();
      reject(new RtcError('no-video-yet', 'no video has come from this camera yet'));
    }, waitMs);
  });
}
