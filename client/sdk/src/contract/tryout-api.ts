// Made from server/http/tryout-api.ts by "npm run interfaces"; change it there.

import type { Box } from './image.js';
import type { MaskLabel, WornState } from './mask-classifier.js';
import type { Zone, ZoneInput } from './zone-api.js';
import type { PeopleCounts } from './events.js';

/** `POST /api/try/picture` and `POST /api/try/url`. */
export interface TriedPictureView {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly {
    /** Pixels of the picture, turned upright. */
    readonly box: Box;
    /** 0..1 */
    readonly score: number;
    readonly label: MaskLabel;
    /** One for each state; they sum to 1. */
    readonly probabilities: Readonly<Record<WornState, number>>;
    /** 0..1: how likely it is no usable face. */
    readonly reject: number;
  }[];
  /** What the models took. */
  readonly milliseconds: number;
  /** The picture as it was judged: a JPEG of at most 1600 pixels, base64. */
  readonly shown: string;
  /** Names of the models. */
  readonly detector: string;
  readonly classifier: string;
}

/** With what a clip is run: `POST /api/replays/:id/runs`. */
export interface ReplayRunInput {
  readonly fps: number;
  readonly frameSide: number;
  readonly minScore?: number;
  readonly detector: string;
  readonly classifier: string;
  /** Areas and lines to count by; none where absent. */
  readonly zones?: readonly ZoneInput[];
}

/** With what a clip was run: its zones have ids now. */
export interface ReplayRunRequest extends Omit<ReplayRunInput, 'zones'> {
  readonly zones?: readonly Zone[];
}

/** One run of a clip. */
export interface ReplayRunView {
  readonly request: ReplayRunRequest;
  readonly state: 'waiting' | 'done' | 'failed';
  /** How far it is, in milliseconds of the clip. */
  readonly atMs: number;
  readonly problem?: string;
  readonly result?: {
    readonly frames: number;
    /** Of the clip. */
    readonly lengthMs: number;
    readonly counts: PeopleCounts;
    /** mask / (mask + no_mask + incorrect); null where nobody has a decided state. */
    readonly compliance: number | null;
    readonly zones: readonly ReplayZoneView[];
    readonly people: readonly {
      readonly trackId: string;
      readonly firstSeenMs: number;
      readonly lastSeenMs: number;
      readonly state: MaskLabel;
      readonly confidence: number;
    }[];
  };
}

/** What a run counted in an area, or over a line. */
export type ReplayZoneView = { readonly zoneId: string; readonly name: string } & (
  | {
      readonly kind: 'area';
      readonly people: PeopleCounts;
      readonly compliance: number | null;
    }
  | {
      readonly kind: 'line';
      /** From the left to the right hand, looking from the line's first point to its second. */
      readonly forward: PeopleCounts;
      readonly backward: PeopleCounts;
    }
);

/** `POST /api/replays`, `GET /api/replays/:id` and the answer to a new run. */
export interface ReplayView {
  readonly id: string;
  /** Epoch milliseconds after which the clip is deleted. */
  readonly expiresAt: number;
  /** Oldest first. */
  readonly runs: readonly ReplayRunView[];
}
