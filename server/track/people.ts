import type { Detection } from '../../models/detector.js';
import type { Box } from '../../models/image.js';
import type { Classification } from '../../models/mask-classifier.js';
import type { EndedTrack, Track } from '../analysis/messages.js';
import { afterLook, atOnce, type LookPlan } from './look-plan.js';
import type { Sketch } from './sketch.js';
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
  /** Absent where the classifier was not asked, because the face is that of a person whose state is not in question. */
  readonly classification?: Classification;
  /** What the classifier was shown; with it the person can be left in peace for a while. */
  readonly sketch?: Sketch;
}

/** A person who need not be looked at now, unless he looks different. */
export interface KnownFace {
  /** Where he was seen last. */
  readonly box: Box;
  /** How he looked when he was classified last. */
  readonly sketch: Sketch;
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

/** What is remembered of one person. */
interface Memory {
  readonly vote: Vote;
  readonly plan: LookPlan;
  /** How he looked at the last look. */
  readonly sketch: Sketch | undefined;
}

const nobody: Memory = { vote: noVote, plan: atOnce, sketch: undefined };

/** People in view of one camera: who they are over frames, and what they wear by vote. */
export class People {
  readonly #tracker: Tracker;
  readonly #vote: VoteSettings;
  readonly #memories = new Map<string, Memory>();
  /** The people of the last frame. */
  #seen: readonly TrackedFace[] = [];

  constructor(options: PeopleOptions) {
    this.#tracker = new Tracker(options.tracker ?? defaultTrackerSettings, options.newId);
    this.#vote = options.vote ?? defaultVoteSettings;
  }

  /** @returns the people of this frame, oldest first, and the confirmed ones whose stay ended since the last one */
  update(frame: PeopleFrame): { readonly tracks: Track[]; readonly ended: EndedTrack[] } {
    const { seen, ended } = this.#tracker.update(frame.faces.map(asFace), frame.atMs, frame.cut);
    this.#seen = seen.map(({ face }) => face);
    const tracks = seen.map(({ face, detection }) => {
      const before = this.#memories.get(face.trackId) ?? nobody;
      const after = this.#remember(before, face, frame, frame.faces[detection]);
      this.#memories.set(face.trackId, after);
      return asTrack(face, after.vote);
    });
    tracks.sort((a, b) => a.firstSeenMs - b.firstSeenMs || a.box.x - b.box.x || a.box.y - b.box.y);
    return { tracks, ended: this.#leave(ended) };
  }

  /** The people of the last frame who need not be looked at now, boxes in pixels of the camera's picture. */
  known(atMs: number): KnownFace[] {
    return this.#seen.flatMap(({ trackId, box }) => {
      const { plan, sketch } = this.#memories.get(trackId) ?? nobody;
      return sketch === undefined || atMs >= plan.dueMs ? [] : [{ box, sketch }];
    });
  }

  /**
   * Whether a frame like the last one would tell nothing new: everybody is in view, confirmed, and nobody's state is in
   * question.
   */
  get atRest(): boolean {
    const inView = (face: TrackedFace) =>
      face.confirmed && (this.#memories.get(face.trackId)?.plan.intervalMs ?? 0) > 0;
    return this.#memories.size === this.#seen.length && this.#seen.every(inView);
  }

  #remember(before: Memory, face: TrackedFace, frame: PeopleFrame, seen?: LabelledFace): Memory {
    if (seen?.classification === undefined) return before;
    const { atMs, analysedScale } = frame;
    const faceSide = Math.max(face.box.width, face.box.height) * analysedScale;
    const { classification, sketch, score } = seen;
    const vote = look(before.vote, { classification, faceSide, score, atMs }, this.#vote);
    return { vote, plan: afterLook(before.plan, vote, atMs), sketch };
  }

  #leave(faces: readonly TrackedFace[]): EndedTrack[] {
    return faces.flatMap((face) => {
      const { vote } = this.#memories.get(face.trackId) ?? nobody;
      this.#memories.delete(face.trackId);
      return face.confirmed ? [{ ...asTrack(face, vote), changes: vote.changes }] : [];
    });
  }
}

/** What the classifier holds to be no face at all begins no person, however sure the detector is. */
function asFace({ box, score, classification }: LabelledFace): Detection {
  return { box, score: score * (1 - (classification?.reject ?? 0)) };
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
