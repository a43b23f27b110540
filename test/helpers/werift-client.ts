import type { RTCRtpSender } from 'werift';
import { RTCPeerConnection, RTCRtpCodecParameters, type RTCRtpTransceiver } from 'werift';

/** A WebRTC client in this process: what a browser would be, without its codecs. */
export class WeriftClient {
  readonly #pc: RTCPeerConnection;
  readonly #transceiver: RTCRtpTransceiver;
  /** RTP packets that came in, as they were serialised. */
  readonly received: Buffer[] = [];

  constructor(direction: 'sendonly' | 'recvonly', mimeType: 'video/VP8' | 'video/H264', withAudio = false) {
    this.#pc = new RTCPeerConnection({
      codecs: {
        audio: [new RTCRtpCodecParameters({ mimeType: 'audio/opus', clockRate: 48_000, channels: 2 })],
        video: [
          new RTCRtpCodecParameters({
            mimeType,
            clockRate: 90_000,
            rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }, { type: 'goog-remb' }],
            ...(mimeType === 'video/H264'
              ? { parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f' }
              : {}),
          }),
        ],
      },
      // Otherwise the library gathers for each media section and forgets to close what bundling made superfluous.
      bundlePolicy: 'max-bundle',
      iceServers: [],
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
    });
    if (withAudio) this.#pc.addTransceiver('audio', { direction });
    this.#transceiver = this.#pc.addTransceiver('video', { direction });
    this.#transceiver.onTrack.subscribe((track) => {
      track.onReceiveRtp.subscribe((packet) => this.received.push(packet.serialize()));
    });
  }

  get sender(): RTCRtpSender {
    return this.#transceiver.sender;
  }

  /** The offer with all candidates. */
  async offer(): Promise<string> {
    await this.#pc.setLocalDescription(await this.#pc.createOffer());
    return this.#pc.localDescription?.sdp ?? '';
  }

  /** Resolves when media can flow. */
  async accept(answerSdp: string): Promise<void> {
    const connected = this.#pc.connectionStateChange.watch((state) => state === 'connected');
    await this.#pc.setRemoteDescription({ type: 'answer', sdp: answerSdp });
    await connected;
  }

  async close(): Promise<void> {
    await this.#pc.close();
  }
}
