import type { Alert, DurableKind, Visit } from '../realtime/events.js';
import type { BucketDelta, BucketStore } from './bucket-store.js';
import type { DurablePayload, EventLog, LoggedEvent } from './event-log.js';
import type { AlertStore } from './alert-store.js';
import type { VisitStore } from './visit-store.js';
import { addZoneDeltas, type ZoneMinuteKey, type ZoneMinuteStore } from './zone-minute-store.js';
import { noZoneDelta, type ZoneDelta } from '../zones/zone-change.js';

/** An event that waits to be written. */
export interface PendingEvent {
  readonly kind: DurableKind;
  readonly cameraId: string;
  readonly at: number;
  readonly payload: DurablePayload<DurableKind>;
}

/** What waits for the next transaction: all but events are merged, so only events can grow in number. */
export interface PendingWrites {
  readonly visits: Map<string, Visit>;
  readonly buckets: Map<string, { cameraId: string; minuteAt: number; delta: BucketDelta }>;
  readonly zoneMinutes: Map<string, { readonly key: ZoneMinuteKey; readonly delta: ZoneDelta }>;
  readonly alerts: Map<string, Alert>;
  readonly events: PendingEvent[];
}

/** Nothing to write. */
export function noPendingWrites(): PendingWrites {
  return { visits: new Map(), buckets: new Map(), zoneMinutes: new Map(), alerts: new Map(), events: [] };
}

/** True when there is nothing to write. */
export function isEmpty(pending: PendingWrites): boolean {
  const { visits, buckets, zoneMinutes, alerts, events } = pending;
  return visits.size + buckets.size + zoneMinutes.size + alerts.size + events.length === 0;
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

/** Merges a change of one minute of a zone into those that wait. */
export function mergeZoneMinute(pending: PendingWrites, key: ZoneMinuteKey, delta: Partial<ZoneDelta>): void {
  const name = `${key.minuteAt} ${key.flow} ${key.cameraId} ${key.zoneId}`;
  const earlier = pending.zoneMinutes.get(name)?.delta ?? noZoneDelta;
  pending.zoneMinutes.set(name, { key, delta: addZoneDeltas(earlier, delta) });
}

/**
 * Writes everything that waits; the caller has opened a transaction.
 *
 * @returns the events with their numbers, in order
 */
export function writeAll(
  pending: PendingWrites,
  stores: {
    readonly visits: VisitStore;
    readonly buckets: BucketStore;
    readonly zoneMinutes: ZoneMinuteStore;
    readonly alerts: AlertStore;
    readonly events: EventLog;
  },
): LoggedEvent[] {
  for (const visit of pending.visits.values()) stores.visits.put(visit);
  for (const { cameraId, minuteAt, delta } of pending.buckets.values()) {
    stores.buckets.add(cameraId, minuteAt, delta);
  }
  for (const { key, delta } of pending.zoneMinutes.values()) stores.zoneMinutes.add(key, delta);
  for (const alert of pending.alerts.values()) stores.alerts.put(alert);
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
