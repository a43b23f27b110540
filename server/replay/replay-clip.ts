import type { Detector } from '../../models/detector.js';
import type { MaskClassifier } from '../../models/mask-classifier.js';
import { analyseBatch } from '../analysis/process/analyse-batch.js';
import type { EndedTrack, Track } from '../analysis/messages.js';
import { type LabelledFace, People } from '../track/people.js';
import { isCut, thumbnail, type Thumbnail } from '../track/scene-cut.js';
import { videoFrames } from './video-frames.js';

/** How a clip is analysed; the same values give the same answer, whatever the machine's load. */
export interface ReplaySettings {
  /** Frames a second to analyse, at most. */
  readonly fps: number;
  /** Long side of the frames analysed, in pixels. */
  readonly frameSide: number;
}

/** The models that analyse a clip; whoever made them closes them. */
export interface ReplayModels {
  readonly detector: Detector;
  readonly classifier: MaskClassifier;
}

/** One analysed frame of a clip. */
export interface ReplayedFrame {
  /** Milliseconds from the clip's start. */
  readonly atMs: number;
  /** Size of the clip's picture in pixels; boxes are in these. */
  readonly width: number;
  readonly height: number;
  readonly tracks: readonly Track[];
  /** Confirmed people whose stay ended before this frame. */
  readonly ended: readonly EndedTrack[];
}

/**
 * Analyses a video file as a camera is analysed, but every frame of it and in the time of the clip: detector, classifier,
 * tracker and vote of the product, without its scheduler.
 *
 * @throws VideoError when the file cannot be decoded; Error when the models fail on a frame
 */
export async function* replayClip(
  path: string,
  { detector, classifier }: ReplayModels,
  { fps, frameSide }: ReplaySettings,
): AsyncGenerator<ReplayedFrame> {
  let born = 0;
  const people = new People({ newId: () => `p${++born}` });
  let before: Thumbnail | undefined;
  for await (const frame of videoFrames(path, { fps, maxSide: frameSide })) {
    const { faces, failures } = await analyseBatch([frame], detector, classifier);
    const failure = failures?.get(0);
    if (failure !== undefined) throw new Error(`The models failed at ${frame.atMs} ms: ${failure}`);
    const picture = thumbnail(frame);
    const cut = before !== undefined && isCut(before, picture);
    before = picture;
    const scaleX = frame.sourceWidth / frame.width;
    const scaleY = frame.sourceHeight / frame.height;
    const { tracks, ended } = people.update({
      faces: (faces[0] ?? []).map((face) => inPicture(face, scaleX, scaleY)),
      atMs: frame.atMs,
      cut,
      analysedScale: 1 / scaleX,
    });
    yield { atMs: frame.atMs, width: frame.sourceWidth, height: frame.sourceHeight, tracks, ended };
  }
}

function inPicture(face: LabelledFace, scaleX: number, scaleY: number): LabelledFace {
  const { x, y, width, height } = face.box;
  return { ...face, box: { x: x * scaleX, y: y * scaleY, width: width * scaleX, height: height * scaleY } };
}
