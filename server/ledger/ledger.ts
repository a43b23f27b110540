import type { TracksMessage } from '../analysis/messages.js';
import type { CountsNow } from '../http/api.js';
import type { CountsEvent } from '../realtime/events.js';
import type { Journal } from '../storage/journal.js';
import type { VisitStore } from '../storage/visit-store.js';
import { CameraLedger } from './camera-ledger.js';
import { type Counts, CountsGate } from './counts-gate.js';
import type { LedgerChange, Moment } from './ledger-change.js';
import { isWithin, localDayOf } from './local-day.js';
import { complianceOf, nobody } from './people-counts.js';

/** What a ledger stands on. */
export interface LedgerOptions {
  readonly journal: Journal;
  readonly visits: VisitStore;
  /** Both clocks at once. */
  readonly now: () => Moment;
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
  let closed = false;

  const write = (changes: readonly LedgerChange[], at: number): void => {
    for (const change of changes) {
      switch (change.type) {
        case 'visit':
          journal.putVisit(change.visit);
          journal.append('visit', change.visit.cameraId, at, { visit: change.visit });
          break;
        case 'touch':
          journal.putVisit(change.visit);
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
  write(
    left.map((visit) => ({ type: 'visit', visit })),
    now().epochMs,
  );
  journal.flush();
  let day = localDayOf(now().epochMs);
  let ended = visits.countEnded(day.start, day.end);

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
    ended = visits.countEnded(day.start, day.end);
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
      ended = visits.countEnded(day.start, day.end);
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
