import type { AlertCondition } from '../http/alert-api.js';
import { nobody } from '../ledger/people-counts.js';
import type { PeopleCounts } from '../realtime/events.js';

/** What is known of the place that a rule watches. */
export interface Place {
  /** Undefined while nobody looks: the camera is down, or its zone is gone. */
  readonly people?: {
    readonly now: PeopleCounts;
    /** Those of the last so many seconds, those of now included. */
    ofLast(seconds: number): PeopleCounts;
  };
  /** How long the camera has had no video, in seconds; 0 while it is live or meant to be off. */
  readonly downSeconds: number;
}

/** A condition held against a place. Between `over` and `under` lies the hysteresis, where nothing changes. */
export interface Reading {
  /** The limit is passed. */
  readonly over: boolean;
  /** The limit for clearing is kept. Never together with `over`. */
  readonly under: boolean;
  /** A share of 0..1, people, or seconds. */
  readonly value: number;
  readonly limit: number;
  readonly people: PeopleCounts;
}

/**
 * Reads a place.
 *
 * @param incorrectCounts whether a mask worn wrong counts as no mask; `unknown` never does
 */
export function readPlace(condition: AlertCondition, incorrectCounts: boolean, place: Place): Reading {
  if (condition.kind === 'camera-down') {
    const down = place.downSeconds > 0;
    return {
      over: down,
      under: !down,
      value: place.downSeconds,
      limit: condition.forSeconds,
      people: nobody,
    };
  }
  const { people } = place;
  switch (condition.kind) {
    case 'share-unmasked': {
      const { share, clearShare = share * 0.9, atLeastPeople, windowSeconds } = condition;
      const seen =
        people === undefined ? nobody : windowSeconds > 0 ? people.ofLast(windowSeconds) : people.now;
      const decided = seen.mask + seen.no_mask + seen.incorrect;
      const value = decided === 0 ? 0 : unmaskedOf(seen, incorrectCounts) / decided;
      const enough = decided >= atLeastPeople;
      return {
        over: enough && value > share,
        under: !enough || value <= Math.min(share, clearShare),
        value,
        limit: share,
        people: seen,
      };
    }
    case 'unmasked-person': {
      const seen = people?.now ?? nobody;
      const value = unmaskedOf(seen, incorrectCounts);
      return { over: value > 0, under: value === 0, value, limit: 0, people: seen };
    }
    case 'occupancy': {
      const { limit, clearLimit = limit } = condition;
      const seen = people?.now ?? nobody;
      const value = seen.mask + seen.no_mask + seen.incorrect + seen.unknown;
      return { over: value > limit, under: value <= Math.min(limit, clearLimit), value, limit, people: seen };
    }
  }
}

function unmaskedOf({ no_mask, incorrect }: PeopleCounts, incorrectCounts: boolean): number {
  return no_mask + (incorrectCounts ? incorrect : 0);
}
