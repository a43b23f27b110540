import type { MaskLabel } from '../../models/mask-classifier.js';
import type { PeopleCounts } from '../realtime/events.js';
import { minuteOf, type Moment } from '../ledger/ledger-change.js';
import { nobody, withPeople } from '../ledger/people-counts.js';
import type { ZoneChange } from './zone-change.js';

/** A person as an area sees him in one frame. */
export interface Passer {
  readonly trackId: string;
  readonly state: MaskLabel;
}

/** Somebody who has been inside. */
interface Guest {
  state: MaskLabel;
  /** Minute in which he was counted. */
  readonly minuteAt: number;
  /** When he came in, in monotonic milliseconds; undefined while he is outside. */
  enteredMs: number | undefined;
  lastSeenMs: number;
}

/** Guests remembered beyond those inside, to count nobody twice and to correct states. */
const remembered = 1024;

/** The people of one area, or of the whole picture. Pure: time comes with each call, what is to be written is returned. */
export class AreaWatch {
  readonly #guests = new Map<string, Guest>();

  constructor(readonly zoneId: string) {}

  /** Whether somebody is inside now. */
  holds(trackId: string): boolean {
    return this.#guests.get(trackId)?.enteredMs !== undefined;
  }

  /** People inside now. */
  inside(): PeopleCounts {
    let counts = nobody;
    for (const { enteredMs, state } of this.#guests.values()) {
      if (enteredMs !== undefined) counts = withPeople(counts, state, 1);
    }
    return counts;
  }

  /** People who were inside at any time since a moment, those inside now included. @param sinceMs monotonic milliseconds */
  insideSince(sinceMs: number): PeopleCounts {
    let counts = nobody;
    for (const { enteredMs, lastSeenMs, state } of this.#guests.values()) {
      if (enteredMs !== undefined || lastSeenMs >= sinceMs) counts = withPeople(counts, state, 1);
    }
    return counts;
  }

  /** Somebody is seen inside: he is counted at his first time. */
  see({ trackId, state }: Passer, atMs: number, now: Moment): ZoneChange[] {
    const guest = this.#guests.get(trackId);
    if (guest === undefined) {
      const minuteAt = minuteOf(now.epochMs);
      this.#guests.set(trackId, { state, minuteAt, enteredMs: atMs, lastSeenMs: atMs });
      this.#forget();
      return [this.#people(minuteAt, withPeople(nobody, state, 1))];
    }
    guest.enteredMs ??= atMs;
    guest.lastSeenMs = Math.max(guest.lastSeenMs, atMs);
    return this.correct({ trackId, state });
  }

  /** The vote on somebody changed: the minute in which he was counted is put right. */
  correct({ trackId, state }: Passer): ZoneChange[] {
    const guest = this.#guests.get(trackId);
    if (guest === undefined || guest.state === state) return [];
    const people = withPeople(withPeople(nobody, guest.state, -1), state, 1);
    guest.state = state;
    return [this.#people(guest.minuteAt, people)];
  }

  /** Somebody went out, or left the picture. */
  leave(trackId: string, now: Moment): ZoneChange[] {
    const guest = this.#guests.get(trackId);
    if (guest?.enteredMs === undefined) return [];
    const dwellMs = Math.round(Math.max(0, guest.lastSeenMs - guest.enteredMs));
    guest.enteredMs = undefined;
    // The last to leave is the last to be forgotten.
    this.#guests.delete(trackId);
    this.#guests.set(trackId, guest);
    const minuteAt = minuteOf(now.epochMs);
    return [{ zoneId: this.zoneId, flow: 'entered', minuteAt, delta: { dwellMs, stays: 1 } }];
  }

  /** Nobody can be seen any more. */
  leaveAll(now: Moment): ZoneChange[] {
    return [...this.#guests.keys()].flatMap((trackId) => this.leave(trackId, now));
  }

  /** Time went by with the people who are inside. @param watchedMs since the frame before */
  watch(watchedMs: number, now: Moment): ZoneChange[] {
    let people = 0;
    for (const { enteredMs } of this.#guests.values()) if (enteredMs !== undefined) people += 1;
    if (watchedMs === 0 && people === 0) return [];
    const delta = { watchedMs, occupancyMs: people * watchedMs, occupancyMax: people };
    return [{ zoneId: this.zoneId, flow: 'entered', minuteAt: minuteOf(now.epochMs), delta }];
  }

  #people(minuteAt: number, people: PeopleCounts): ZoneChange {
    return { zoneId: this.zoneId, flow: 'entered', minuteAt, delta: { people } };
  }

  #forget(): void {
    if (this.#guests.size <= remembered) return;
    for (const [trackId, { enteredMs }] of this.#guests) {
      if (enteredMs !== undefined) continue;
      this.#guests.delete(trackId);
      return;
    }
  }
}
