import type { Detection } from '../../models/detector.js';
import type { Classification } from '../../models/mask-classifier.js';
import type { EndedTrack, Track } from '../analysis/messages.js';
import { defaultTrackerSettings, Tracker, type TrackedFace, type TrackerSettings } from './tracker.js';
import {
  confidence,
  defaultVoteSettings,
  look,
  noVote,
  votes,
  type Vote,
  type VoteSettings,
} from './vote.js';

/** A face of one frame with what the classifier says of it. */
export interface LabelledFace extends Detection {
  readonly classification: Classification;
}

/** One frame of one camera. */
export interface PeopleFrame {
  /** Boxes in pixels of the camera's picture. */
  readonly faces: readonly LabelledFace[];
  readonly atMs: number;
  /** True when the scene changed before this frame. */
  readonly cut: boolean;
  /** Pixels given to the classifier for each pixel of the camera's picture: how large faces really were in its eyes. */
  readonly analysedScale: number;
}

/** Limits and the source of ids of one camera's people. */
export interface PeopleOptions {
  readonly tracker?: TrackerSettings;
  readonly vote?: VoteSettings;
  readonly newId: () => string;
}

/** People in view of one camera: who they are over frames, and what they wear by vote. */
export class People {
  readonly #tracker: Tracker;
  readonly #vote: VoteSettings;
  readonly #votes = new Map<string, Vote>();

  constructor(options: PeopleOptions) {
    this.#tracker = new Tracker(options.tracker ?? defaultTrackerSettings, options.newId);
    this.#vote = options.vote ?? defaultVoteSettings;
  }

  /** @returns the people of this frame, oldest first, and the confirmed ones whose stay ended since the last one */
  update(frame: PeopleFrame): { readonly tracks: Track[]; readonly ended: EndedTrack[] } {
    const { seen, ended } = this.#tracker.update(frame.faces, frame.atMs, frame.cut);
    const tracks = seen.map(({ face, detection }) => {
      const { classification } = frame.faces[detection] ?? {};
      const before = this.#votes.get(face.trackId) ?? noVote;
      const faceSide = Math.max(face.box.width, face.box.height) * frame.analysedScale;
      const after =
        classification === undefined
          ? before
          : look(before, { classification, faceSide, score: face.score, atMs: frame.atMs }, this.#vote);
      this.#votes.set(face.trackId, after);
      return asTrack(face, after);
    });
    tracks.sort((a, b) => a.firstSeenMs - b.firstSeenMs || a.box.x - b.box.x || a.box.y - b.box.y);
    return { tracks, ended: this.#leave(ended) };
  }

  #leave(faces: readonly TrackedFace[]): EndedTrack[] {
    return faces.flatMap((face) => {
      const vote = this.#votes.get(face.trackId) ?? noVote;
      this.#votes.delete(face.trackId);
      return face.confirmed ? [{ ...asTrack(face, vote), changes: vote.changes }] : [];
    });
  }
}

function asTrack(face: TrackedFace, vote: Vote): Track {
  return {
    trackId: face.trackId,
    box: face.box,
    label: vote.decided,
    confidence: confidence(vote),
    votes: votes(vote),
    confirmed: face.confirmed,
    firstSeenMs: face.firstSeenMs,
    lastSeenMs: face.lastSeenMs,
  };
}
