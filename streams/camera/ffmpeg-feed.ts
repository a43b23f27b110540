import type { FfmpegExit } from '../ffmpeg/ffmpeg-process.js';
import { FfmpegProcess } from '../ffmpeg/ffmpeg-process.js';
import { probe } from '../ffmpeg/ffprobe.js';
import { plainReason } from '../ffmpeg/plain-reason.js';
import { secretsOf } from '../ffmpeg/redact.js';
import { rtpCommand } from '../ffmpeg/rtp-command.js';
import { RtpReceiver } from '../ffmpeg/rtp-receiver.js';
import type { MediaSource } from '../ffmpeg/source-input.js';
import type { Feed } from './feed.js';
import { isFatal, SourceError } from './source-error.js';
import { pacingOf, treatmentOf, videoFacts } from './video-plan.js';

/** Time limits of a feed. */
export interface FfmpegFeedOptions {
  /** For the look at the source before ffmpeg starts, in milliseconds. */
  readonly connectTimeoutMs: number;
  /** From SIGTERM to SIGKILL, in milliseconds. */
  readonly killAfterMs: number;
}

/**
 * A feed that lets ffmpeg open the source: looks at it first, then copies the video or transcodes it to H.264, and
 * receives RTP on the loopback interface.
 *
 * @param loop starts a file again when it ends
 */
export function ffmpegFeed(source: MediaSource, loop: boolean, options: FfmpegFeedOptions): Feed {
  return async (sink, signal) => {
    const report = await probe(source, { timeoutMs: options.connectTimeoutMs, signal });
    if (signal.aborted) return 'stopped';
    if (!report.ok) throw new SourceError(report.code, report.reason, isFatal(report.code, source.kind));
    const { video } = report;
    const pacing = pacingOf(source, video, loop);
    const ingest = sink.begin('h264');
    const receiver = await RtpReceiver.open((packet, arrivalMs) => {
      ingest.push(packet, arrivalMs);
    });
    try {
      sink.onVideo(videoFacts(video));
      const exit = await runUntil(
        signal,
        new FfmpegProcess(rtpCommand(source, pacing, treatmentOf(video), receiver.target), options),
      );
      return outcome(exit, source, pacing.by === 'clock' && !pacing.loop);
    } finally {
      ingest.end();
      await receiver.close();
    }
  };
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

function outcome({ how, tail }: FfmpegExit, source: MediaSource, ends: boolean): 'ended' | 'stopped' {
  if (how === 'stopped') return 'stopped';
  if (how === 'ended') {
    if (ends) return 'ended';
    // ffmpeg calls it success when a live source goes away.
    throw new SourceError('disconnected', 'the camera closed the connection', false);
  }
  const address = source.kind === 'file' ? source.path : source.url;
  const { code, reason } = plainReason(tail, secretsOf(address));
  throw new SourceError(code, reason, isFatal(code, source.kind));
}
