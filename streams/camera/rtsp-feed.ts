import type { VideoFacts } from '../camera-status.js';
import { revealAddress } from '../relay/credentials.js';
import { relayErrorOf } from '../relay/relay-problem.js';
import type { SourceRelay } from '../relay/source-relay.js';
import type { SpsFacts } from '../rtp/h264-sps.js';
import { CameraPackets } from '../rtsp/camera-packets.js';
import { RtspClient } from '../rtsp/rtsp-client.js';
import { type DescribedVideo, parseSessionDescription } from '../rtsp/session-description.js';
import type { FeedSink } from './feed.js';
import type { SourceSettings } from './open-source.js';
import { isFatal, SourceError } from './source-error.js';

/** The video of a camera cannot be passed on as it comes: ffmpeg must have a look at it. */
export class NeedsFfmpegError extends Error {
  override readonly name = 'NeedsFfmpegError';
}

/** What reading a camera directly needs. */
export interface RtspFeedOptions {
  readonly relay: SourceRelay;
  /** From the connection to what the video is like, in milliseconds. */
  readonly connectTimeoutMs: number;
}

/**
 * Reads a camera over RTSP without ffmpeg: its own packets, with its own timestamps, the moment they come. For H.264 that browsers
 * play. Ends as a `Feed` does.
 *
 * @throws SourceError; NeedsFfmpegError for every other video
 */
export async function rtspFeed(
  settings: Pick<SourceSettings, 'url' | 'access' | 'transport' | 'certificate'>,
  options: RtspFeedOptions,
  sink: FeedSink,
  signal: AbortSignal,
): Promise<'stopped'> {
  const ends = new AbortController();
  const stop = (): void => ends.abort();
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const late = new Error('too late');
  const deadline = setTimeout(() => ends.abort(late), options.connectTimeoutMs);
  try {
    await read(settings, options.relay, sink, ends.signal, () => clearTimeout(deadline));
    return 'stopped';
  } catch (error) {
    if (signal.aborted) return 'stopped';
    if (error instanceof NeedsFfmpegError) throw error;
    const seconds = Math.round(options.connectTimeoutMs / 1000);
    if (ends.signal.reason === late)
      throw new SourceError('timed-out', `timed out after ${seconds} s`, false);
    const { code, reason } = relayErrorOf(error);
    throw new SourceError(code, reason, isFatal(code, 'rtsp'));
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', stop);
  }
}

/** Reads until it fails, as it always does in the end. @param onKnown called when it is known what the video is like */
async function read(
  settings: Pick<SourceSettings, 'url' | 'access' | 'transport' | 'certificate'>,
  relay: SourceRelay,
  sink: FeedSink,
  signal: AbortSignal,
  onKnown: () => void,
): Promise<void> {
  const { url, credentials } = revealAddress(settings.url, settings.access);
  const socket = await relay.dial(url, settings.certificate ?? 'verified', signal);
  let take: (packet: Buffer, arrivalMs: number) => void = () => undefined;
  const client = new RtspClient(socket, {
    url: url.href,
    credentials,
    transport: settings.transport,
    onPacket: (packet, arrivalMs) => take(packet, arrivalMs),
  });
  const leave = (): void => void client.close();
  signal.addEventListener('abort', leave);
  if (signal.aborted) leave();
  let end: () => void = () => undefined;
  try {
    const { control, video } = parseSessionDescription(await client.describe());
    if (video === undefined || video.packetizationMode > 1) throw new NeedsFfmpegError('no plain H.264');
    await client.setUp(video.control);
    const unfit = new Promise<NeedsFfmpegError>((resolve) => {
      const ingest = sink.begin('h264');
      end = () => ingest.end();
      take = passOn(video, sink, ingest, onKnown, resolve);
    });
    await client.play(control);
    throw await Promise.race([client.gone, unfit]);
  } finally {
    take = () => undefined;
    signal.removeEventListener('abort', leave);
    end();
    await client.close();
  }
}

function passOn(
  video: DescribedVideo,
  sink: FeedSink,
  ingest: ReturnType<FeedSink['begin']>,
  onKnown: () => void,
  onUnfit: (error: NeedsFfmpegError) => void,
): (packet: Buffer, arrivalMs: number) => void {
  const packets = new CameraPackets(video.payloadType, video.parameterSets);
  let known = false;
  return (packet, arrivalMs) => {
    const ready = packets.push(packet, arrivalMs);
    const { unfit, facts } = packets;
    if (unfit !== undefined || (facts !== undefined && !isPlayable(facts))) {
      onUnfit(new NeedsFfmpegError(unfit ?? 'a pixel format that browsers do not play'));
      return;
    }
    if (!known && facts !== undefined) {
      known = true;
      onKnown();
      sink.onVideo(videoFactsOf(facts, video));
    }
    for (const one of ready) ingest.push(one, arrivalMs);
  };
}

function isPlayable({ chromaFormat, bitDepth }: SpsFacts): boolean {
  return chromaFormat === 1 && bitDepth === 8;
}

function videoFactsOf({ width, height, fps }: SpsFacts, described: DescribedVideo): VideoFacts {
  return { width, height, fps: fps > 0 ? fps : described.fps, cameraCodec: 'h264', codec: 'h264' };
}
