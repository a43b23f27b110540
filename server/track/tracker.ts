import type { Detection } from '../../models/detector.js';
import type { Box } from '../../models/image.js';
import { associate } from './associate.js';
import { KalmanBox } from './kalman-box.js';

/** The tracker's limits; times in milliseconds of the clock that `update` is given. */
export interface TrackerSettings {
  /** Detections at or above this score may start a track and are matched first, 0..1. */
  readonly highScore: number;
  /** Detections below this score are ignored, 0..1. */
  readonly lowScore: number;
  /** Sightings after which a track counts as a person. */
  readonly confirmAfter: number;
  /** A confirmed track that was not seen for longer than this has ended. */
  readonly lostMs: number;
  /** The same for a track that is not yet confirmed: what flickers is no person. */
  readonly tentativeMs: number;
}

/** The limits that the product runs with. */
export const defaultTrackerSettings: TrackerSettings = {
  highScore: 0.4,
  lowScore: 0.1,
  confirmAfter: 3,
  lostMs: 2000,
  tentativeMs: 1000,
};

/** A face followed over frames, without any notion of what is worn on it. */
export interface TrackedFace {
  readonly trackId: string;
  /** As the detector saw it last, in the pixels that `update` was given. */
  readonly box: Box;
  /** Score of that detection, 0..1. */
  readonly score: number;
  readonly hits: number;
  readonly confirmed: boolean;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/** What one frame changed. */
export interface TrackerUpdate {
  /** Faces seen in this very frame, each with the index of its detection in the list given. */
  readonly seen: readonly { readonly face: TrackedFace; readonly detection: number }[];
  /** Faces whose tracks ended since the last update, confirmed or not; their ids never come back. */
  readonly ended: readonly TrackedFace[];
}

/** A face out of sight for longer may as well have stopped: its box then waits where it is believed to be. */
const coastMs = 500;

/** One track and the filter that predicts it. */
interface LiveTrack {
  face: TrackedFace;
  readonly filter: KalmanBox;
}

/**
 * Follows faces from frame to frame: two-pass association as in ByteTrack (Zhang et al., ECCV 2022) over constant-velocity
 * predictions, in real time instead of frame counts. Pure but for its own state: the clock and the ids come from outside, and
 * the order of the detections of a frame makes no difference.
 */
export class Tracker {
  readonly #settings: TrackerSettings;
  readonly #newId: () => string;
  #tracks: LiveTrack[] = [];
  #lastMs = -Infinity;

  /** @param newId gives ids that never repeat and say nothing about the person */
  constructor(settings: TrackerSettings, newId: () => string) {
    this.#settings = settings;
    this.#newId = newId;
  }

  /**
   * @param detections faces of one frame, boxes in pixels of always the same picture size
   * @param atMs when the frame was taken; never earlier than the frame before, else that time is taken
   * @param cut true when the scene changed: every track ends before this frame
   */
  update(detections: readonly Detection[], atMs: number, cut: boolean): TrackerUpdate {
    const nowMs = Math.max(atMs, this.#lastMs);
    const ended = this.#expire(nowMs, cut);
    const candidates = inOrder(detections, this.#settings.lowScore);
    const beforeMs = this.#lastMs;
    const seconds = (nowMs - beforeMs) / 1000;
    this.#lastMs = nowMs;
    for (const track of this.#tracks) this.#predict(track, seconds, nowMs);

    const matches = associate(
      this.#tracks.map((track) => ({
        predicted: track.filter.box(),
        lastSeen: track.face.box,
        unseenMs: nowMs - track.face.lastSeenMs,
        hidden: track.face.lastSeenMs < beforeMs,
        confirmed: track.face.confirmed,
      })),
      candidates,
      this.#settings.highScore,
    );
    const seen = matches.pairs.map(([track, candidate]) => this.#sight(track, candidate, nowMs));
    for (const candidate of matches.unmatchedHigh) seen.push(this.#begin(candidate, nowMs));
    return { seen, ended };
  }

  /** Ends every track, as when the camera goes away. Returns those that were live. */
  end(): readonly TrackedFace[] {
    return this.#expire(this.#lastMs, true);
  }

  #expire(nowMs: number, all: boolean): TrackedFace[] {
    const over = (face: TrackedFace): boolean =>
      all || nowMs - face.lastSeenMs > (face.confirmed ? this.#settings.lostMs : this.#settings.tentativeMs);
    const ended = this.#tracks.filter((track) => over(track.face)).map((track) => track.face);
    this.#tracks = this.#tracks.filter((track) => !over(track.face));
    return ended;
  }

  #predict(track: LiveTrack, seconds: number, nowMs: number): void {
    if (nowMs - track.face.lastSeenMs > seconds * 1000 + coastMs) track.filter.stop();
    track.filter.predict(seconds);
  }

  #sight(index: number, candidate: Candidate, nowMs: number): TrackerUpdate['seen'][number] {
    const track = this.#tracks[index];
    if (track === undefined) throw new RangeError(`no track ${index}`);
    track.filter.update(candidate.box);
    const hits = track.face.hits + 1;
    track.face = {
      ...track.face,
      box: candidate.box,
      score: candidate.score,
      hits,
      confirmed: hits >= this.#settings.confirmAfter,
      lastSeenMs: nowMs,
    };
    return { face: track.face, detection: candidate.index };
  }

  #begin(candidate: Candidate, nowMs: number): TrackerUpdate['seen'][number] {
    const face: TrackedFace = {
      trackId: this.#newId(),
      box: candidate.box,
      score: candidate.score,
      hits: 1,
      confirmed: this.#settings.confirmAfter <= 1,
      firstSeenMs: nowMs,
      lastSeenMs: nowMs,
    };
    this.#tracks.push({ face, filter: new KalmanBox(candidate.box) });
    return { face, detection: candidate.index };
  }
}

/** A detection and where it stood in the list it came in. */
interface Candidate extends Detection {
  readonly index: number;
}

/** Usable detections in an order that does not depend on the order they came in. */
function inOrder(detections: readonly Detection[], lowScore: number): Candidate[] {
  return detections
    .map((detection, index) => ({ ...detection, index }))
    .filter(({ box, score }) => score >= lowScore && box.width > 0 && box.height > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        a.box.x - b.box.x ||
        a.box.y - b.box.y ||
        a.box.width - b.box.width ||
        a.box.height - b.box.height,
    );
}
