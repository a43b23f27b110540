import type { RtpIngest } from '../rtp/rtp-hub.js';
import type { Feed, FeedSink } from './feed.js';
import { ffmpegFeed, type FfmpegFeedOptions } from './ffmpeg-feed.js';
import type { SourceSettings } from './open-source.js';
import { NeedsFfmpegError, rtspFeed } from './rtsp-feed.js';
import { SourceError } from './source-error.js';

/**
 * The feed of a camera: RTSP directly where the video can be passed on as it comes, everything else through ffmpeg. What it finds
 * out about the camera holds for its next attempts too, and of the two ways one that brought no packet gives way to the other.
 *
 * @param loop starts a file again when it ends
 */
export function cameraFeed(settings: SourceSettings, loop: boolean, options: FfmpegFeedOptions): Feed {
  const byFfmpeg = ffmpegFeed(settings, loop, options);
  const { privacy = [] } = options;
  if (settings.kind !== 'rtsp' || privacy.length > 0) return byFfmpeg;
  let needsFfmpeg = false;
  let triesFfmpeg = false;

  return async (sink, signal) => {
    const watched = watch(sink);
    if (needsFfmpeg) return byFfmpeg(sink, signal);
    if (triesFfmpeg) {
      try {
        return await byFfmpeg(watched.sink, signal);
      } finally {
        triesFfmpeg = watched.packets() > 0;
      }
    }
    try {
      return await rtspFeed(settings, options, watched.sink, signal);
    } catch (error) {
      if (error instanceof SourceError) triesFfmpeg = error.code === 'unreadable';
      if (!(error instanceof NeedsFfmpegError)) throw error;
      needsFfmpeg = true;
    } finally {
      if (watched.begun() && watched.packets() === 0) triesFfmpeg = true;
    }
    return byFfmpeg(sink, signal);
  };
}

/** The same sink, with an eye on what goes in. */
function watch(sink: FeedSink): { sink: FeedSink; begun: () => boolean; packets: () => number } {
  let begun = false;
  let packets = 0;
  const begin = (codec: 'h264' | 'vp8'): RtpIngest => {
    begun = true;
    const ingest = sink.begin(codec);
    return {
      push: (packet, arrivalMs) => {
        packets += 1;
        ingest.push(packet, arrivalMs);
      },
      get ended() {
        return ingest.ended;
      },
      end: () => ingest.end(),
    };
  };
  return {
    sink: { onVideo: (facts) => sink.onVideo(facts), begin },
    begun: () => begun,
    packets: () => packets,
  };
}
