import type { Box } from '../../models/image.js';
import type { MaskLabel, WornState } from '../../models/mask-classifier.js';
import type { Zone } from '../http/zone-api.js';
import type { PersonSeen } from '../replay/people-seen.js';
import type { ReplaySettings } from '../replay/replay-clip.js';
import type { ZoneSeen } from '../replay/zones-seen.js';

/** Which models to try. */
export interface ModelChoice {
  /** A name of `models/detect/create-detector.ts`. */
  readonly detector: string;
  /** Least score of a face, 0..1; the detector's own where absent. */
  readonly minScore?: number;
  /** Absolute path of the weights folder of a mask classifier. */
  readonly classifier: string;
}

/** What to do; one thing at a time. */
export type TryoutJob =
  | { readonly type: 'picture'; readonly models: ModelChoice; readonly bytes: Uint8Array }
  | {
      readonly type: 'clip';
      readonly models: ModelChoice;
      readonly path: string;
      readonly settings: ReplaySettings;
      /** Areas and lines to count by. */
      readonly zones: readonly Zone[];
    };

/** A face of a picture that was tried. */
export interface TriedFace {
  /** Pixels of the picture, turned upright. */
  readonly box: Box;
  /** 0..1: the detector's score times the belief that it is a face. */
  readonly score: number;
  readonly label: MaskLabel;
  readonly probabilities: Readonly<Record<WornState, number>>;
  /** 0..1: how likely it is no usable face. */
  readonly reject: number;
}

/** What is on a picture. */
export interface TriedPicture {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly TriedFace[];
  /** What the models took, in milliseconds. */
  readonly milliseconds: number;
  /** The picture as it was judged, upright, at most 1600 pixels: JPEG. */
  readonly shown: Uint8Array;
}

/** Who is in a clip. */
export interface TriedClip {
  readonly frames: number;
  /** Of the clip, in milliseconds. */
  readonly lengthMs: number;
  readonly people: readonly PersonSeen[];
  readonly zones: readonly ZoneSeen[];
}

/** Why a job failed: `code` for programs, `message` for people. */
export interface TryoutFailure {
  readonly code: string;
  readonly message: string;
}

/** What the process tells of the job it was given last. */
export type TryoutNews =
  | { readonly type: 'progress'; readonly atMs: number }
  | { readonly type: 'picture'; readonly result: TriedPicture }
  | { readonly type: 'clip'; readonly result: TriedClip }
  | ({ readonly type: 'failed' } & TryoutFailure);
