import {
  ReceiverEstimatedMaxBitrate,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  RtcpPayloadSpecificFeedback,
  useSdesMid,
  type RTCRtpTransceiver,
} from 'werift';
import type { VideoCodec } from '../access-unit.js';
import { RtcError } from './rtc-error.js';
import type { RtcSettings } from './rtc-settings.js';
import type { ReducedOffer } from './sdp-offer.js';

/** What a peer tells its owner about the connection. */
export interface PeerEvents {
  /** Media can flow. May be called again after a short interruption. */
  onConnected(): void;
  /** The connection is lost for good. */
  onFailed(): void;
}

/** A connection that receives one video. */
export interface ReceivingPeer {
  readonly answerSdp: string;
  /** Asks the sender for a keyframe (PLI, RFC 4585, section 6.3.1). */
  requestKeyframe(): void;
  /** Tells the sender what it may send, in bit/s (REMB). */
  allowBitrate(bitsPerSecond: number): void;
  close(): Promise<void>;
}

/** A connection that sends one video. */
export interface SendingPeer {
  readonly answerSdp: string;
  /**
   * Sends one RTP packet under this connection's own SSRC and payload type. Resolves when the kernel took it.
   *
   * @param packet of this viewer alone: the library keeps it for retransmission
   */
  send(packet: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** What a sending peer hears from its viewer. */
export interface ViewerEvents extends PeerEvents {
  /** The viewer lost its picture (PLI). */
  onKeyframeWanted(): void;
  /** Any feedback at all: the viewer is there. */
  onFeedback(): void;
}

/** Gathering takes milliseconds on a LAN; STUN and TURN servers that do not answer must not hold a request for ever. */
const answerTimeoutMs = 10_000;

/**
 * Answers an offer to send video to this server.
 *
 * @param onPacket called with each RTP packet of the video and with nothing else; the buffer may be kept
 * @throws RtcError `peer-failed`
 */
export async function answerPublisher(
  offer: ReducedOffer,
  settings: RtcSettings,
  events: PeerEvents & { onPacket(packet: Buffer): void },
): Promise<ReceivingPeer> {
  const pc = connection(offer.codec, settings, events);
  let ssrc: number | undefined;
  let transceiver: RTCRtpTransceiver | undefined;
  pc.onRemoteTransceiverAdded.subscribe((added) => {
    if (added.kind !== 'video') return;
    transceiver = added;
    added.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => {
        if (packet.header.payloadType !== offer.payloadType) return;
        ssrc = packet.header.ssrc;
        events.onPacket(packet.serialize());
      });
    });
  });
  const answerSdp = await answer(pc, offer.sdp);
  const receiver = transceiver?.receiver;
  return {
    answerSdp,
    requestKeyframe: () => {
      if (ssrc !== undefined && receiver !== undefined) unanswered(receiver.sendRtcpPLI(ssrc));
    },
    allowBitrate: (bitsPerSecond) => {
      if (ssrc === undefined || receiver?.dtlsTransport.state !== 'connected') return;
      unanswered(receiver.dtlsTransport.sendRtcp([estimatedBitrate(receiver.rtcpSsrc, ssrc, bitsPerSecond)]));
    },
    close: () => pc.close(),
  };
}

/**
 * Answers an offer to receive video from this server.
 *
 * @throws RtcError `peer-failed`
 */
export async function answerViewer(
  offer: ReducedOffer,
  settings: RtcSettings,
  events: ViewerEvents,
): Promise<SendingPeer> {
  const pc = connection(offer.codec, settings, events);
  const { sender } = pc.addTransceiver('video', { direction: 'sendonly' });
  sender.onPictureLossIndication.subscribe(() => events.onKeyframeWanted());
  sender.onRtcp.subscribe(() => events.onFeedback());
  const answerSdp = await answer(pc, offer.sdp);
  return { answerSdp, send: (packet) => sender.sendRtp(packet), close: () => pc.close() };
}

function connection(codec: VideoCodec, settings: RtcSettings, events: PeerEvents): RTCPeerConnection {
  const { iceServers, portRange, additionalHostAddresses } = settings;
  const pc = new RTCPeerConnection({
    codecs: {
      audio: [new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 })],
      // No transport-cc: with it Chrome's bitrate collapses here, with REMB it does not.
      video: [
        new RTCRtpCodecParameters({
          mimeType: codec === 'h264' ? 'video/H264' : 'video/VP8',
          clockRate: 90_000,
          rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'goog-remb' }],
        }),
      ],
    },
    // Some senders name no SSRC in their offer; then the media id in the packets tells whose they are.
    headerExtensions: { video: [useSdesMid()], audio: [useSdesMid()] },
    iceServers: iceServers.map(({ urls, ...secrets }) => ({ urls: [...urls], ...secrets })),
    iceUseIpv6: false,
    ...(portRange === undefined ? {} : { icePortRange: [portRange[0], portRange[1]] }),
    ...(additionalHostAddresses === undefined
      ? {}
      : { iceAdditionalHostAddresses: [...additionalHostAddresses] }),
  });
  pc.connectionStateChange.subscribe((state) => {
    if (state === 'connected') events.onConnected();
    if (state === 'failed' || state === 'closed') events.onFailed();
  });
  return pc;
}

/** Runs offer and answer with full gathering; closes the connection when that fails. */
async function answer(pc: RTCPeerConnection, offerSdp: string): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), answerTimeoutMs);
    });
    return await Promise.race([negotiate(pc, offerSdp), timeout]);
  } catch (cause) {
    await pc.close();
    throw new RtcError('peer-failed', 'the offer could not be answered', { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function negotiate(pc: RTCPeerConnection, offerSdp: string): Promise<string> {
  await pc.setRemoteDescription({ type: 'offer', sdp: offerSdp });
  await pc.setLocalDescription(await pc.createAnswer());
  const sdp = pc.localDescription?.sdp;
  if (sdp === undefined) throw new Error('no local description');
  return sdp;
}

function estimatedBitrate(
  senderSsrc: number,
  mediaSsrc: number,
  bitsPerSecond: number,
): RtcpPayloadSpecificFeedback {
  // REMB carries an 18-bit mantissa and a 6-bit exponent.
  let mantissa = Math.round(bitsPerSecond);
  let exponent = 0;
  while (mantissa >= 2 ** 18) {
    mantissa = Math.floor(mantissa / 2);
    exponent += 1;
  }
  return new RtcpPayloadSpecificFeedback({
    feedback: new ReceiverEstimatedMaxBitrate({
      senderSsrc,
      mediaSsrc: 0,
      uniqueID: 'REMB',
      ssrcNum: 1,
      brExp: exponent,
      brMantissa: mantissa,
      ssrcFeedbacks: [mediaSsrc],
    }),
  });
}

/** Feedback that cannot be sent is repeated soon anyway, and a closed connection is noticed elsewhere. */
function unanswered(sending: Promise<unknown>): void {
  sending.catch(() => undefined);
}
