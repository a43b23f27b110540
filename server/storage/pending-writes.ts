import type { DurableKind, Visit } from '../realtime/events.js';
import type { BucketDelta, BucketStore } from './bucket-store.js';
import type { DurablePayload, EventLog, LoggedEvent } from './event-log.js';
import type { VisitStore } from './visit-store.js';

/** An event that waits to be written. */
export interface PendingEvent {
  readonly kind: DurableKind;
  readonly cameraId: string;
  readonly at: number;
  readonly payload: DurablePayload<DurableKind>;
}

/** What waits for the next transaction: visits and buckets are merged, so only events can grow in number. */
export interface PendingWrites {
  readonly visits: Map<string, Visit>;
  readonly buckets: Map<string, { cameraId: string; minuteAt: number; delta: BucketDelta }>;
  readonly events: PendingEvent[];
}

/** Nothing to write. */
export function noPendingWrites(): PendingWrites {
  return { visits: new Map(), buckets: new Map(), events: [] };
}

/** True when there is nothing to write. */
export function isEmpty(pending: PendingWrites): boolean {
  return pending.visits.size + pending.buckets.size + pending.events.length === 0;
}

/** Merges a bucket change into those that wait. */
export function mergeBucket(
  pending: PendingWrites,
  cameraId: string,
  minuteAt: number,
  delta: BucketDelta,
): void {
  const key = `${minuteAt} ${cameraId}`;
  const earlier = pending.buckets.get(key)?.delta;
  pending.buckets.set(key, {
    cameraId,
    minuteAt,
    delta: earlier === undefined ? delta : addDeltas(earlier, delta),
  });
}

/**
 * Writes everything that waits; the caller has opened a transaction.
 *
 * @returns the events with their numbers, in order
 */
export function writeAll(
  pending: PendingWrites,
  stores: { readonly visits: VisitStore; readonly buckets: BucketStore; readonly events: EventLog },
): LoggedEvent[] {
  for (const visit of pending.visits.values()) stores.visits.put(visit);
  for (const { cameraId, minuteAt, delta } of pending.buckets.values()) {
    stores.buckets.add(cameraId, minuteAt, delta);
  }
  return pending.events.map(({ kind, cameraId, at, payload }) =>
    stores.events.append(kind, cameraId, at, payload),
  );
}

function addDeltas(a: BucketDelta, b: BucketDelta): BucketDelta {
  return {
    people: {
      mask: a.people.mask + b.people.mask,
      no_mask: a.people.no_mask + b.people.no_mask,
      incorrect: a.people.incorrect + b.people.incorrect,
      unknown: a.people.unknown + b.people.unknown,
    },
    watchedMs: a.watchedMs + b.watchedMs,
  };
}
