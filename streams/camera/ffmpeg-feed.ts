import type { FfmpegExit } from '../ffmpeg/ffmpeg-process.js';
import { FfmpegProcess } from '../ffmpeg/ffmpeg-process.js';
import { probe } from '../ffmpeg/ffprobe.js';
import { type PlainReason, plainReason } from '../ffmpeg/plain-reason.js';
import type { PrivacyArea } from '../ffmpeg/privacy-boxes.js';
import { rtpCommand } from '../ffmpeg/rtp-command.js';
import { RtpReceiver } from '../ffmpeg/rtp-receiver.js';
import type { SourceRelay } from '../relay/source-relay.js';
import type { Feed, FeedSink } from './feed.js';
import { openSource, type OpenedSource, type SourceSettings } from './open-source.js';
import { isFatal, SourceError } from './source-error.js';
import { pacingOf, treatmentOf, videoFacts } from './video-plan.js';

/** Time limits of a feed. */
export interface FfmpegFeedOptions {
  /** For the look at the source before ffmpeg starts, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** From SIGTERM to SIGKILL, in milliseconds. */
  readonly killAfterMs: number;
  /** The way to cameras of the network. */
  readonly relay: SourceRelay;
  /** Areas that are blacked out before anything leaves ffmpeg; none where absent. */
  readonly privacy?: readonly PrivacyArea[];
}

/**
 * A feed that lets ffmpeg open the source: looks at it first, then copies the video or transcodes it to H.264, and
 * receives RTP on the loopback interface.
 *
 * @param loop starts a file again when it ends
 */
export function ffmpegFeed(settings: SourceSettings, loop: boolean, options: FfmpegFeedOptions): Feed {
  return async (sink, signal) => {
    const opened = await openSource(settings, options.relay);
    try {
      return await feed(opened, loop, options, sink, signal);
    } finally {
      await opened.close();
    }
  };
}

async function feed(
  opened: OpenedSource,
  loop: boolean,
  options: FfmpegFeedOptions,
  sink: FeedSink,
  signal: AbortSignal,
): Promise<'ended' | 'stopped'> {
  const { source } = opened;
  const report = await probe(source, { timeoutMs: options.connectTimeoutMs, signal });
  if (signal.aborted) return 'stopped';
  if (!report.ok) throw failure(report, opened);
  const { video } = report;
  const pacing = pacingOf(source, video, loop);
  const ingest = sink.begin('h264');
  const receiver = await RtpReceiver.open((packet, arrivalMs) => {
    ingest.push(packet, arrivalMs);
  });
  try {
    sink.onVideo(videoFacts(video, options.privacy));
    const exit = await runUntil(
      signal,
      new FfmpegProcess(
        rtpCommand(source, pacing, treatmentOf(video, options.privacy), receiver.target),
        options,
      ),
    );
    return outcome(exit, opened, pacing.by === 'clock' && !pacing.loop);
  } finally {
    ingest.end();
    await receiver.close();
  }
}

/** What ffmpeg says of the relay hides what the relay knows of the camera. A deadline is ours and stays. */
function failure(said: PlainReason, { source, problem }: OpenedSource): SourceError {
  const { code, reason } = said.code === 'timed-out' ? said : (problem() ?? said);
  return new SourceError(code, reason, isFatal(code, source.kind));
}

async function runUntil(signal: AbortSignal, ffmpeg: FfmpegProcess): Promise<FfmpegExit> {
  const stop = (): void => void ffmpeg.stop();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  try {
    return await ffmpeg.exited;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function outcome({ how, tail }: FfmpegExit, opened: OpenedSource, ends: boolean): 'ended' | 'stopped' {
  if (how === 'stopped') return 'stopped';
  if (how === 'ended') {
    if (ends) return 'ended';
    // ffmpeg calls it success when a live source goes away.
    throw failure({ code: 'disconnected', reason: 'the camera closed the connection' }, opened);
  }
  throw failure(plainReason(tail), opened);
}
