import type { OutputClass } from '../../classify/manifest.js';
import type { Box } from '../../image.js';

/** One labelled face, before its picture is decoded. */
export interface FaceSource {
  /** Its name in splits and reports: `mask/a.jpg`, or `<set>/<scene>#<number>` for a face of a scene. */
  readonly file: string;
  readonly label: OutputClass;
  /** Scene, person or near-duplicate set: never divided between the parts of a split. */
  readonly group: string;
  /** Collection it came from. */
  readonly source: string;
  /** Path of the picture. */
  readonly picture: string;
  /** Null where the picture is a face crop in which nothing was detected. */
  readonly box: Box | null;
  /** True when a detector gave the box. */
  readonly detected: boolean;
}

/** Why faces were left out, with how many. */
export interface LeftOut {
  suspect: number;
  reserved: number;
  unreadable: number;
}

/** Faces that were collected from one place. */
export interface Collected {
  readonly faces: readonly FaceSource[];
  readonly leftOut: LeftOut;
}

/** Which faces no training may see, and how groups are known. */
export interface Exclusions {
  /** Near-duplicate scenes. */
  readonly clusters: ReadonlyMap<string, string>;
  /** Groups that are kept for a public validation. */
  readonly reserved: ReadonlySet<string>;
  readonly suspects: readonly Suspect[];
}

/** A face of doubtful label. */
export interface Suspect {
  readonly file: string;
  readonly label: string;
  /** Short side of its box in pixels. */
  readonly side: number;
}
