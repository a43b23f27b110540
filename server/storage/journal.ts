import { monotonicMs } from '../../streams/clock.js';
import type { Alert, DurableKind, Visit } from '../realtime/events.js';
import type { ZoneDelta } from '../zones/zone-change.js';
import { createAlertStore } from './alert-store.js';
import { type BucketDelta, createBucketStore } from './bucket-store.js';
import { createEventLog, type DurablePayload, type EventLog, type LoggedEvent } from './event-log.js';
import type { Database } from './open-database.js';
import { isEmpty, mergeBucket, mergeZoneMinute, noPendingWrites, writeAll } from './pending-writes.js';
import { createVisitStore } from './visit-store.js';
import { createZoneMinuteStore, type ZoneMinuteKey } from './zone-minute-store.js';

/** Counters of a journal since it was made, and what waits now. */
export interface JournalStats {
  readonly committedEvents: number;
  readonly pendingEvents: number;
  /** Events given up, oldest first, because the disk refused writes for too long. */
  readonly droppedEvents: number;
  readonly failedWrites: number;
  /** Why the last write failed; empty while all is well. */
  readonly problem: string;
}

/**
 * The one writer of what must last. Changes are gathered and written in one transaction each `everyMs`; an event is
 * told to listeners only after its transaction was committed, in the order of its number.
 */
export interface Journal {
  /** The log that is written, for readers. */
  readonly log: EventLog;
  putVisit(visit: Visit): void;
  addToBucket(cameraId: string, minuteAt: number, delta: BucketDelta): void;
  addToZoneMinute(key: ZoneMinuteKey, delta: Partial<ZoneDelta>): void;
  putAlert(alert: Alert): void;
  append<K extends DurableKind>(kind: K, cameraId: string, at: number, payload: DurablePayload<K>): void;
  /** Each committed event, in the very tick of the commit. Returns the function that ends the subscription. */
  onCommit(listener: (event: LoggedEvent) => void): () => void;
  /** How long each transaction took, in seconds. Returns the function that ends the subscription. */
  onWrite(listener: (seconds: number) => void): () => void;
  /** Writes now. @returns false when the write failed; all is kept and tried again */
  flush(): boolean;
  stats(): JournalStats;
  /** Writes what waits and stops; idempotent. The database stays open. */
  close(): void;
}

/** How a journal behaves; the defaults suit a server. */
export interface JournalOptions {
  /** Milliseconds between a change and its transaction: 100. */
  readonly everyMs?: number;
  /** Milliseconds to wait after a failed write: 1000. */
  readonly retryMs?: number;
  /** Events that may wait while the disk refuses writes: 10000. */
  readonly maxPendingEvents?: number;
  /** Told when writing begins to fail and when a listener throws. */
  readonly onProblem?: (error: unknown) => void;
}

/** Makes the journal of a database. */
export function createJournal(db: Database, options: JournalOptions = {}): Journal {
  const { everyMs = 100, retryMs = 1000, maxPendingEvents = 10_000, onProblem = () => undefined } = options;
  const log = createEventLog(db);
  const stores = {
    visits: createVisitStore(db),
    buckets: createBucketStore(db),
    zoneMinutes: createZoneMinuteStore(db),
    alerts: createAlertStore(db),
    events: log,
  };
  const listeners = new Set<(event: LoggedEvent) => void>();
  const watches = new Set<(seconds: number) => void>();
  let pending = noPendingWrites();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let problem = '';
  let [committedEvents, droppedEvents, failedWrites] = [0, 0, 0];

  const schedule = (delayMs: number): void => {
    if (timer !== undefined || closed) return;
    timer = setTimeout(flush, delayMs);
  };

  const tell = (event: LoggedEvent): void => {
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (error) {
        onProblem(error);
      }
    }
  };

  const flush = (): boolean => {
    clearTimeout(timer);
    timer = undefined;
    if (isEmpty(pending)) return true;
    const batch = pending;
    let written: LoggedEvent[];
    const startedMs = monotonicMs();
    try {
      written = db.transaction(() => writeAll(batch, stores));
    } catch (error) {
      failedWrites++;
      if (problem === '') onProblem(error);
      problem = error instanceof Error ? error.message : String(error);
      schedule(retryMs);
      return false;
    }
    for (const watch of watches) watch((monotonicMs() - startedMs) / 1000);
    problem = '';
    pending = noPendingWrites();
    committedEvents += written.length;
    written.forEach(tell);
    return true;
  };

  /** A change after `close` is a mistake of the caller that would be lost in silence. */
  const change = (apply: () => void): void => {
    if (closed) throw new Error('The journal is closed.');
    apply();
    schedule(everyMs);
  };

  return {
    log,
    putVisit: (visit) => change(() => pending.visits.set(visit.visitId, visit)),
    addToBucket: (cameraId, minuteAt, delta) => change(() => mergeBucket(pending, cameraId, minuteAt, delta)),
    addToZoneMinute: (key, delta) => change(() => mergeZoneMinute(pending, key, delta)),
    putAlert: (alert) => change(() => pending.alerts.set(alert.alertId, alert)),
    append: (kind, cameraId, at, payload) =>
      change(() => {
        pending.events.push({ kind, cameraId, at, payload });
        if (pending.events.length <= maxPendingEvents) return;
        pending.events.shift();
        droppedEvents++;
      }),
    onCommit: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onWrite: (listener) => {
      watches.add(listener);
      return () => void watches.delete(listener);
    },
    flush,
    stats: () => ({
      committedEvents,
      pendingEvents: pending.events.length,
      droppedEvents,
      failedWrites,
      problem,
    }),
    close: () => {
      if (closed) return;
      flush();
      closed = true;
      clearTimeout(timer);
      listeners.clear();
      watches.clear();
    },
  };
}
