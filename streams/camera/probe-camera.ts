import type { ProbeOptions } from '../ffmpeg/ffprobe.js';
import { probe } from '../ffmpeg/ffprobe.js';
import type { ProbedVideo } from '../ffmpeg/probe-output.js';
import { LoopbackRelay } from '../relay/loopback-relay.js';
import type { SourceRelay } from '../relay/source-relay.js';
import type { CameraConfig } from './camera-config.js';
import { openSource, type OpenedSource } from './open-source.js';
import { codecName, transcodeReason } from './video-plan.js';

/** What a look at a camera found, for a person who is about to add it. */
export interface CameraProbe {
  readonly ok: boolean;
  /** One line: "1280x720, 25 fps, H.264, works", or the reason why not. */
  readonly summary: string;
  readonly width?: number;
  readonly height?: number;
  readonly fps?: number;
  /** ffmpeg's name. */
  readonly codec?: string;
  readonly transcodedBecause?: string;
}

/**
 * Looks at a camera that is not added yet. Never rejects.
 *
 * @param options `relay`: the way to cameras of the network; one of its own, without rules, where absent
 */
export async function probeCamera(
  config: Pick<CameraConfig, 'kind' | 'url' | 'access' | 'transport' | 'certificate'>,
  options: ProbeOptions & { readonly relay?: SourceRelay },
): Promise<CameraProbe> {
  const { kind } = config;
  if (kind === 'webcam') return { ok: true, summary: 'a browser will send its webcam' };
  const relay = options.relay ?? new LoopbackRelay();
  const opened = await openSource({ ...config, kind }, relay);
  try {
    return await look(opened, options);
  } finally {
    await opened.close();
    if (options.relay === undefined) await relay.close();
  }
}

async function look({ source, problem }: OpenedSource, options: ProbeOptions): Promise<CameraProbe> {
  const report = await probe(source, options);
  if (!report.ok) {
    const { reason } = report.code === 'timed-out' ? report : (problem() ?? report);
    return { ok: false, summary: reason };
  }
  const { codec, width, height, fps } = report.video;
  const because = transcodeReason(report.video);
  return {
    ok: true,
    summary: summaryOf(report.video, because),
    width,
    height,
    fps,
    codec,
    ...(because === undefined ? {} : { transcodedBecause: because }),
  };
}

function summaryOf({ width, height, fps, codec }: ProbedVideo, because: string | undefined): string {
  const rate = fps > 0 ? [`${fps} fps`] : [];
  const verdict = because === undefined ? 'works' : `works, transcoded: ${because}`;
  return [`${width}x${height}`, ...rate, codecName(codec), verdict].join(', ');
}
