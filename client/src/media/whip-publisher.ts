import type { RtcSettings } from '../../../server/http/api.js';
import { connectionEnd } from './connection-end.js';
import { keepSession, type SessionState } from './keep-session.js';
import { peerConfiguration } from './peer-configuration.js';
import { endSession, exchangeSdp } from './sdp-exchange.js';

/** What a publisher needs. */
export interface WhipPublisherOptions {
  readonly cameraId: string;
  /** The webcam's video; stays the caller's, who stops it. */
  readonly track: MediaStreamTrack;
  readonly rtc: RtcSettings;
  readonly onState: (state: SessionState) => void;
}

/** Enough for a good 720p picture; more would only fill the network. */
const maxBitrate = 2_500_000;

/** Sends one webcam to the server over WHIP and keeps at it: when the connection ends, it connects again. */
export class WhipPublisher {
  readonly #options: WhipPublisherOptions;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;

  /** Starts to send at once. */
  constructor(options: WhipPublisherOptions) {
    this.#options = options;
    this.#running = keepSession(
      (signal, onConnected) => this.#sendOnce(signal, onConnected),
      options.onState,
      this.#closing.signal,
      () => undefined,
    );
  }

  /** Ends the session at the server and frees the connection; idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #sendOnce(signal: AbortSignal, onConnected: () => void): Promise<string> {
    const { cameraId, track, rtc } = this.#options;
    const connection = new RTCPeerConnection(peerConfiguration(rtc));
    let session: { url: string } | undefined;
    const leave = (): void => {
      if (session) endSession(session);
      session = undefined;
      connection.close();
    };
    // The server hears nothing from a page that just goes away, so the page says good-bye itself.
    addEventListener('pagehide', leave);
    try {
      const transceiver = connection.addTransceiver(track, {
        direction: 'sendonly',
        sendEncodings: [{ maxBitrate }],
      });
      preferVp8(transceiver);
      const ended = connectionEnd(connection, signal, onConnected);
      session = await exchangeSdp(connection, `/whip/${encodeURIComponent(cameraId)}`, signal);
      return await ended;
    } finally {
      removeEventListener('pagehide', leave);
      leave();
    }
  }
}

/** VP8 is encoded by every browser, and without B-frames; H.264 stays as the second choice. */
function preferVp8(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
  const isVp8 = (mimeType: string): boolean => mimeType.toLowerCase() === 'video/vp8';
  transceiver.setCodecPreferences([
    ...codecs.filter((codec) => isVp8(codec.mimeType)),
    ...codecs.filter((codec) => !isVp8(codec.mimeType)),
  ]);
}
