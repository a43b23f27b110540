import { computed, signal } from '@preact/signals';
import type { RtcSettings } from '../../../server/http/api.js';
import type { SessionState } from './keep-session.js';
import { WhipPublisher } from './whip-publisher.js';

/** What is being sent. */
export interface Sending {
  readonly cameraId: string;
  readonly stream: MediaStream;
  readonly session: SessionState;
}

/** The webcam of this page. It lives above the views, so that a look at the wall does not end the sending. */
export class WebcamSender {
  readonly #sending = signal<Sending | undefined>(undefined);
  #publisher: WhipPublisher | undefined;

  /** What is being sent; undefined while nothing is. */
  readonly sending = computed(() => this.#sending.value);

  /**
   * Sends a stream as a camera; ends what was sent before.
   *
   * @param stream owned by the sender from now on: it stops the tracks at the end
   * @throws TypeError when the stream has no video
   */
  async start(cameraId: string, stream: MediaStream, rtc: RtcSettings): Promise<void> {
    await this.stop();
    const track = stream.getVideoTracks()[0];
    if (!track) throw new TypeError('the stream has no video track');
    const onState = (session: SessionState): void => {
      this.#sending.value = { cameraId, stream, session };
    };
    // The user unplugs the camera or takes the permission back: the browser ends the track.
    track.addEventListener('ended', () => {
      if (this.#sending.peek()?.stream === stream) void this.stop();
    });
    this.#publisher = new WhipPublisher({ cameraId, track, rtc, onState });
  }

  /** Stops sending and switches the webcam off; idempotent. */
  async stop(): Promise<void> {
    const publisher = this.#publisher;
    const stream = this.#sending.peek()?.stream;
    this.#publisher = undefined;
    await publisher?.close();
    for (const track of stream?.getTracks() ?? []) track.stop();
    this.#sending.value = undefined;
  }
}
