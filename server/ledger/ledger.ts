import type { TracksMessage } from '../analysis/messages.js';
import type { CountsNow } from '../http/api.js';
import type { CountsEvent, PeopleCounts, Visit } from '../realtime/events.js';
import type { Journal } from '../storage/journal.js';
import type { BucketStore } from '../storage/bucket-store.js';
import type { VisitStore } from '../storage/visit-store.js';
import { CameraLedger } from './camera-ledger.js';
import { type Counts, CountsGate } from './counts-gate.js';
import type { LedgerChange, Moment } from './ledger-change.js';
import { isWithin, type LocalDay, localDayOf } from './local-day.js';
import { complianceOf, nobody } from './people-counts.js';
import { peopleOfDay } from './people-of-day.js';

/** What a ledger stands on. */
export interface LedgerOptions {
  readonly journal: Journal;
  readonly visits: VisitStore;
  /** Both clocks at once. */
  readonly now: () => Moment;
  /** Whether a camera only counts: then stays are neither written nor told, only numbers. No camera where absent. */
  readonly countsOnly?: (cameraId: string) => boolean;
  /** Where the people of the day of such a camera are counted anew; none where absent. */
  readonly buckets?: Pick<BucketStore, 'read'>;
  /** Told of a stay that ended without being written. */
  readonly onUntoldEnd?: (visit: Visit) => void;
  /** Milliseconds between two looks at delayed counts, stale cameras and midnight: 200. */
  readonly tickMs?: number;
  /** Least milliseconds between two `counts` events of one camera: 1000. */
  readonly countsSpacingMs?: number;
}

/** Who is in view, who was here today: the book of people, kept from what analysis sees. */
export interface Ledger {
  /** Takes in one analysed frame. */
  accept(message: TracksMessage): void;
  /** The analysis process of a camera died or was replaced: its open visits end at their last state. */
  interrupt(cameraId: string): void;
  /** The camera was removed: its open visits end, and the ledger forgets it. */
  forget(cameraId: string): void;
  /** The newest counts that were told of each camera given, with the place in the log at which they were true. */
  countsNow(cameraIds: readonly string[]): CountsNow;
  /** Ends all visits, writes the last counts and stops; idempotent. The journal stays open. */
  close(): void;
}

/**
 * Opens the book: visits that a crash left open are ended at their last seen time, and today's people are counted from
 * storage.
 */
export function createLedger(options: LedgerOptions): Ledger {
  const { journal, visits, now, tickMs = 200, countsSpacingMs = 1000 } = options;
  const cameras = new Map<string, { book: CameraLedger; gate: CountsGate }>();
  const told = new Map<string, CountsEvent>();
  const { countsOnly = () => false, buckets, onUntoldEnd } = options;
  /** Stays that were written and last: they are also ended where the camera only counts from now on. */
  const written = new Set<string>();
  let closed = false;

  /** @returns false for a stay of which nothing may be written */
  const mayWrite = ({ visitId, cameraId, ended }: Visit): boolean => {
    if (countsOnly(cameraId) && !written.has(visitId)) return false;
    if (ended) written.delete(visitId);
    else written.add(visitId);
    return true;
  };
  const write = (changes: readonly LedgerChange[], at: number): void => {
    for (const change of changes) {
      switch (change.type) {
        case 'visit':
          if (!mayWrite(change.visit)) {
            if (change.visit.ended) onUntoldEnd?.(change.visit);
            break;
          }
          journal.putVisit(change.visit);
          journal.append('visit', change.visit.cameraId, at, { visit: change.visit });
          break;
        case 'touch':
          if (mayWrite(change.visit)) journal.putVisit(change.visit);
          break;
        case 'people':
          journal.addToBucket(change.cameraId, change.minuteAt, { people: change.people, watchedMs: 0 });
          break;
        case 'watched':
          journal.addToBucket(change.cameraId, change.minuteAt, {
            people: nobody,
            watchedMs: change.watchedMs,
          });
          break;
      }
    }
  };

  const unsubscribe = journal.onCommit((logged) => {
    if (logged.kind === 'counts') told.set(logged.cameraId, logged.event);
  });
  const left = visits.open().map((visit) => ({ ...visit, ended: true }));
  for (const { visitId } of left) written.add(visitId);
  write(
    left.map((visit) => ({ type: 'visit', visit })),
    now().epochMs,
  );
  journal.flush();
  const endedOf = (of: LocalDay): ReadonlyMap<string, PeopleCounts> => {
    const counted = new Map(visits.countEnded(of.start, of.end));
    if (buckets === undefined) return counted;
    for (const [cameraId, people] of peopleOfDay(buckets, of)) {
      if (countsOnly(cameraId)) counted.set(cameraId, people);
    }
    return counted;
  };
  let day = localDayOf(now().epochMs);
  let ended = endedOf(day);

  const cameraOf = (cameraId: string): { book: CameraLedger; gate: CountsGate } => {
    const known = cameras.get(cameraId);
    if (known !== undefined) return known;
    const book = new CameraLedger(cameraId, day, ended.get(cameraId) ?? nobody);
    const camera = { book, gate: new CountsGate(countsSpacingMs) };
    cameras.set(cameraId, camera);
    return camera;
  };
  for (const cameraId of new Set([...ended.keys(), ...left.map((visit) => visit.cameraId)]))
    cameraOf(cameraId);

  const turnDay = (moment: Moment): void => {
    if (isWithin(day, moment.epochMs)) return;
    // Counted from storage, so that a clock set forward and back again finds the people of the day it returns to.
    journal.flush();
    day = localDayOf(moment.epochMs);
    ended = endedOf(day);
    for (const [cameraId, { book }] of cameras) book.beginDay(day, ended.get(cameraId) ?? nobody);
  };

  const tellCounts = (cameraId: string, moment: Moment): void => {
    const { book, gate } = cameraOf(cameraId);
    const counts = countsOf(book);
    if (gate.pass(counts, moment.monotonicMs)) journal.append('counts', cameraId, moment.epochMs, counts);
  };

  const interrupt = (cameraId: string): void => {
    const camera = cameras.get(cameraId);
    if (camera === undefined || closed) return;
    const moment = now();
    turnDay(moment);
    write(camera.book.interrupt(), moment.epochMs);
    tellCounts(cameraId, moment);
  };

  /** Ends a camera's visits and tells its counts for the last time, so without waiting for their turn. */
  const settle = (cameraId: string, { book, gate }: { book: CameraLedger; gate: CountsGate }): void => {
    const moment = now();
    turnDay(moment);
    write(book.interrupt(), moment.epochMs);
    const counts = countsOf(book);
    if (gate.passAnyway(counts, moment.monotonicMs)) {
      journal.append('counts', cameraId, moment.epochMs, counts);
    }
  };

  const timer = setInterval(() => {
    const moment = now();
    turnDay(moment);
    for (const [cameraId, { book }] of cameras) {
      write(book.endStale(moment), moment.epochMs);
      tellCounts(cameraId, moment);
    }
  }, tickMs);
  timer.unref();

  return {
    accept: (message) => {
      if (closed) return;
      const moment = now();
      turnDay(moment);
      write(cameraOf(message.cameraId).book.accept(message, moment), moment.epochMs);
      tellCounts(message.cameraId, moment);
    },
    interrupt,
    forget: (cameraId) => {
      const camera = cameras.get(cameraId);
      if (camera === undefined || closed) return;
      settle(cameraId, camera);
      journal.flush();
      cameras.delete(cameraId);
      told.delete(cameraId);
      // A camera of the same name may come back today.
      ended = endedOf(day);
    },
    countsNow: (cameraIds) => {
      const cursor = journal.log.cursorAt(journal.log.newest());
      const { epochMs } = now();
      return {
        cursor,
        cameras: cameraIds.map(
          (cameraId) =>
            told.get(cameraId) ?? { v: 1, cursor, at: epochMs, ...noCounts(cameraId, ended.get(cameraId)) },
        ),
      };
    },
    close: () => {
      if (closed) return;
      clearInterval(timer);
      for (const [cameraId, camera] of cameras) settle(cameraId, camera);
      journal.flush();
      closed = true;
      unsubscribe();
    },
  };
}

function countsOf(book: CameraLedger): Counts {
  const [inView, today] = [book.inView(), book.today()];
  return {
    cameraId: book.cameraId,
    inView,
    today,
    complianceNow: complianceOf(inView),
    complianceToday: complianceOf(today),
  };
}

/** The counts of a camera that has told none since the start. */
function noCounts(cameraId: string, today = nobody): Counts {
  return {
    cameraId,
    inView: nobody,
    today,
    complianceNow: null,
    complianceToday: complianceOf(today),
  };
}
