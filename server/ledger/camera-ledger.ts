import type { MaskLabel } from '../../models/mask-classifier.js';
import type { EndedTrack, Track, TracksMessage } from '../analysis/messages.js';
import type { PeopleCounts, Visit } from '../realtime/events.js';
import { type LedgerChange, minuteOf, type Moment } from './ledger-change.js';
import { type LocalDay } from './local-day.js';
import { addCounts, nobody, withPeople } from './people-counts.js';

/** A person in view. */
interface OpenVisit {
  visit: Visit;
  /** The track's own start, in monotonic milliseconds. */
  readonly firstSeenMs: number;
  /** When the row was last written, in monotonic milliseconds. */
  writtenMs: number;
}

/** A stay that lasts is written anew this often, in milliseconds. */
const touchEveryMs = 2000;
/** A hole between two frames counts as watched up to this long: the slowest analysis is one frame in 5 s. */
const longestFrameGapMs = 6000;
/** Without a frame for this long nobody is in view any more, as far as anyone can tell. */
const staleAfterMs = 10_000;
/** Ended stays that are remembered, to tell a person who is still there from a new one. */
const remembered = 512;

/**
 * The people of one camera: turns tracks into visits. Pure: no clock, no storage; what is to be written is returned.
 */
export class CameraLedger {
  readonly #open = new Map<string, OpenVisit>();
  readonly #recent = new Map<string, OpenVisit>();
  #generation = -1;
  #lastFrameMs: number | undefined;
  #day: LocalDay;
  #endedToday: PeopleCounts;

  /** @param endedToday people of the day whose stay has ended already */
  constructor(
    readonly cameraId: string,
    day: LocalDay,
    endedToday: PeopleCounts,
  ) {
    this.#day = day;
    this.#endedToday = endedToday;
  }

  /** Confirmed people in view. */
  inView(): PeopleCounts {
    let counts = nobody;
    for (const { visit } of this.#open.values()) counts = withPeople(counts, visit.state, 1);
    return counts;
  }

  /** People seen on the current day, those in view included. */
  today(): PeopleCounts {
    return addCounts(this.#endedToday, this.inView());
  }

  /** Begins another day. @param endedToday people of that day whose stay has ended already */
  beginDay(day: LocalDay, endedToday: PeopleCounts): void {
    this.#day = day;
    this.#endedToday = endedToday;
  }

  /** Takes in one analysed frame. Frames of an older life of the camera are ignored. */
  accept(message: TracksMessage, now: Moment): LedgerChange[] {
    if (message.generation < this.#generation) return [];
    const changes: LedgerChange[] = [];
    if (message.generation > this.#generation) {
      changes.push(...this.interrupt());
      this.#generation = message.generation;
    }
    changes.push(...this.#watch(message.capturedAtMs, now));
    for (const track of message.ended) changes.push(...this.#end(track, now));
    for (const track of message.tracks) changes.push(...this.#see(track, now));
    return changes;
  }

  /** Ends all stays at their last state: nothing more will be heard of these tracks. */
  interrupt(): LedgerChange[] {
    this.#lastFrameMs = undefined;
    return [...this.#open].map(([trackId, person]) => this.#close(trackId, person));
  }

  /** Ends all stays when no frame came for long. */
  endStale(now: Moment): LedgerChange[] {
    if (this.#lastFrameMs === undefined || now.monotonicMs - this.#lastFrameMs < staleAfterMs) return [];
    return this.interrupt();
  }

  #watch(capturedAtMs: number, now: Moment): LedgerChange[] {
    const last = this.#lastFrameMs ?? capturedAtMs;
    this.#lastFrameMs = Math.max(last, capturedAtMs);
    const watchedMs = Math.min(longestFrameGapMs, Math.round(this.#lastFrameMs - last));
    if (watchedMs === 0) return [];
    return [{ type: 'watched', cameraId: this.cameraId, minuteAt: minuteOf(now.epochMs), watchedMs }];
  }

  #see(track: Track, now: Moment): LedgerChange[] {
    if (!track.confirmed) return [];
    const person = this.#open.get(track.trackId);
    if (person !== undefined) return this.#update(person, track, now);
    const gone = this.#recent.get(track.trackId);
    return gone === undefined ? this.#begin(track, now) : this.#reopen(gone, track, now);
  }

  #begin(track: Track, now: Moment): LedgerChange[] {
    const firstSeenAt = Math.round(now.epochMs - Math.max(0, now.monotonicMs - track.firstSeenMs));
    const visit: Visit = {
      visitId: track.trackId,
      cameraId: this.cameraId,
      firstSeenAt,
      lastSeenAt: firstSeenAt + Math.max(0, Math.round(track.lastSeenMs - track.firstSeenMs)),
      state: track.label,
      confidence: track.confidence,
      changes: 0,
      ended: false,
    };
    this.#open.set(track.trackId, { visit, firstSeenMs: track.firstSeenMs, writtenMs: now.monotonicMs });
    return [this.#count(visit, withPeople(nobody, visit.state, 1)), { type: 'visit', visit }];
  }

  /** The stay was ended too early, for want of frames: it goes on and the person is not counted again. */
  #reopen(person: OpenVisit, track: Track, now: Moment): LedgerChange[] {
    this.#recent.delete(track.trackId);
    this.#countEnded(person.visit, -1);
    person.visit = { ...person.visit, ended: false };
    this.#open.set(track.trackId, person);
    const changes = this.#update(person, track, now);
    return changes.some(({ type }) => type === 'visit')
      ? changes
      : [...changes, { type: 'visit', visit: person.visit }];
  }

  #update(person: OpenVisit, track: Track, now: Moment): LedgerChange[] {
    const before = person.visit;
    const lasted = Math.round(track.lastSeenMs - person.firstSeenMs);
    const changed = track.label !== before.state;
    person.visit = {
      ...before,
      lastSeenAt: Math.max(before.lastSeenAt, before.firstSeenAt + lasted),
      state: track.label,
      confidence: track.confidence,
      changes: before.changes + (changed && before.state !== 'unknown' ? 1 : 0),
    };
    if (changed) {
      person.writtenMs = now.monotonicMs;
      return [this.#correct(before, track.label), { type: 'visit', visit: person.visit }];
    }
    if (now.monotonicMs - person.writtenMs < touchEveryMs) return [];
    person.writtenMs = now.monotonicMs;
    return [{ type: 'touch', visit: person.visit }];
  }

  #end(track: EndedTrack, now: Moment): LedgerChange[] {
    if (!track.confirmed || this.#recent.has(track.trackId)) return [];
    const changes = this.#see(track, now);
    const person = this.#open.get(track.trackId);
    if (person === undefined) return changes;
    person.visit = { ...person.visit, changes: track.changes };
    // The end tells everything that an update in the same breath would have told.
    return [...changes.filter(({ type }) => type === 'people'), this.#close(track.trackId, person)];
  }

  #close(trackId: string, person: OpenVisit): LedgerChange {
    person.visit = { ...person.visit, ended: true };
    this.#open.delete(trackId);
    this.#recent.set(trackId, person);
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= remembered) break;
      this.#recent.delete(oldest);
    }
    this.#countEnded(person.visit, 1);
    return { type: 'visit', visit: person.visit };
  }

  #countEnded(visit: Visit, by: 1 | -1): void {
    const ofToday = visit.lastSeenAt >= this.#day.start && visit.firstSeenAt < this.#day.end;
    if (ofToday) this.#endedToday = withPeople(this.#endedToday, visit.state, by);
  }

  #correct(before: Visit, state: MaskLabel): LedgerChange {
    return this.#count(before, withPeople(withPeople(nobody, before.state, -1), state, 1));
  }

  #count(visit: Visit, people: PeopleCounts): LedgerChange {
    return { type: 'people', cameraId: this.cameraId, minuteAt: minuteOf(visit.firstSeenAt), people };
  }
}
