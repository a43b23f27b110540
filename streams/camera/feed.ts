import type { VideoFacts } from '../camera-status.js';
import type { VideoCodec } from '../access-unit.js';
import type { RtpIngest } from '../rtp/rtp-hub.js';

/** Where a feed puts its video. */
export interface FeedSink {
  /** Called once, when the video is known and ffmpeg is about to start. */
  onVideo(facts: VideoFacts): void;
  /** Opens the way into the camera's hub. */
  begin(codec: VideoCodec): RtpIngest;
}

/**
 * Runs a source once: opens it and pushes its packets into the sink until it ends. No retries here; that is the
 * supervisor's part.
 *
 * Resolves with `ended` at the end of a file that does not loop, with `stopped` after the signal; rejects with
 * `SourceError` for every failure. In each case all it started is gone by then.
 */
export type Feed = (sink: FeedSink, signal: AbortSignal) => Promise<'ended' | 'stopped'>;
