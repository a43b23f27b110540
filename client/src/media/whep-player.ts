import type { RtcSettings } from '../../../server/http/api.js';
import { connectionEnd } from './connection-end.js';
import { keepSession, type SessionState } from './keep-session.js';
import { playoutTarget } from '../overlay/playout-target.js';
import { peerConfiguration } from './peer-configuration.js';
import { endSession, exchangeSdp } from './sdp-exchange.js';

/** How often the delay is looked at again. */
const adaptMs = 2000;

/** What a player needs. */
export interface WhepPlayerOptions {
  readonly cameraId: string;
  /** Where the video plays; the player sets and clears its `srcObject`. */
  readonly video: HTMLVideoElement;
  readonly rtc: RtcSettings;
  /** What analysis takes at present, in milliseconds; asked for every two seconds. */
  readonly latencyMs: () => number | undefined;
  /** Called with every change of the session. */
  readonly onState: (state: SessionState) => void;
}

/**
 * Plays one camera into a video element over WHEP and keeps at it: when the connection ends, it connects again.
 *
 * The picture is held back by `playoutDelayMs`, or longer where analysis takes longer, so that the boxes of a frame have
 * come when the frame goes on screen; drawing them is the business of `OverlayView`. In the low-latency mode it is not held back.
 */
export class WhepPlayer {
  readonly #options: WhepPlayerOptions;
  readonly #closing = new AbortController();
  /** Applies the delay anew; does nothing while there is no connection. */
  #setDelay: () => void = () => undefined;
  #lowLatency = false;
  readonly #running: Promise<void>;
  #retryNow: () => void = () => undefined;

  /** Starts to play at once. */
  constructor(options: WhepPlayerOptions) {
    this.#options = options;
    this.#running = keepSession(
      (signal, onConnected) => this.#playOnce(signal, onConnected),
      options.onState,
      this.#closing.signal,
      (retryNow) => (this.#retryNow = retryNow),
    );
  }

  /** Ends a pause between attempts, as when the camera has just come back. */
  retryNow(): void {
    this.#retryNow();
  }

  /**
   * Whether to show each picture as soon as it is there, without waiting for its boxes, which then trail behind. Takes effect at
   * once, and again in the connections to come.
   */
  setLowLatency(on: boolean): void {
    this.#lowLatency = on;
    this.#setDelay();
  }

  /** Ends the session at the server and frees the connection; idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #playOnce(signal: AbortSignal, onConnected: () => void): Promise<string> {
    const { cameraId, video, rtc, latencyMs } = this.#options;
    const connection = new RTCPeerConnection(peerConfiguration(rtc));
    let session: { url: string } | undefined;
    let adapting: ReturnType<typeof setInterval> | undefined;
    const leave = (): void => {
      if (session) endSession(session);
      session = undefined;
      connection.close();
    };
    // A page that is closed runs no `finally`; without this the server would feed a dead viewer for some seconds.
    addEventListener('pagehide', leave);
    try {
      const { receiver } = connection.addTransceiver('video', { direction: 'recvonly' });
      let delayMs = rtc.playoutDelayMs;
      this.#setDelay = () => holdBack(receiver, this.#lowLatency ? 0 : delayMs);
      this.#setDelay();
      adapting = setInterval(() => {
        const target = playoutTarget(rtc.playoutDelayMs, delayMs, latencyMs());
        if (target === delayMs) return;
        delayMs = target;
        this.#setDelay();
      }, adaptMs);
      const ended = connectionEnd(connection, signal, onConnected);
      connection.addEventListener('track', (event) => show(video, event.track));
      session = await exchangeSdp(connection, `/whep/${encodeURIComponent(cameraId)}`, signal);
      return await ended;
    } finally {
      clearInterval(adapting);
      this.#setDelay = () => undefined;
      removeEventListener('pagehide', leave);
      leave();
      video.srcObject = null;
    }
  }
}

/** Asks the browser to buffer the video that long; where it cannot, boxes come late and are interpolated. */
function holdBack(receiver: RTCRtpReceiver, delayMs: number): void {
  if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = delayMs;
}

function show(video: HTMLVideoElement, track: MediaStreamTrack): void {
  video.srcObject = new MediaStream([track]);
  video.play().catch((error: unknown) => {
    // A newer stream or the end of the player interrupts `play`; a muted video is never refused otherwise.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  });
}
