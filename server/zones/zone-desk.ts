import type { TracksMessage } from '../analysis/messages.js';
import type { CheckedZones } from './zone-rules.js';
import type { Zone, ZoneList, ZonesNow } from '../http/zone-api.js';
import type { Moment } from '../ledger/ledger-change.js';
import { isWithin, localDayOf } from '../ledger/local-day.js';
import type { Journal } from '../storage/journal.js';
import type { ZoneMinuteStore } from '../storage/zone-minute-store.js';
import type { ZoneStore } from '../storage/zone-store.js';
import type { Point } from './geometry.js';
import { ZoneBook } from './zone-book.js';
import { withIds } from './zone-rules.js';

/** What a desk stands on. */
export interface ZoneDeskOptions {
  readonly store: ZoneStore;
  readonly minutes: Pick<ZoneMinuteStore, 'sum'>;
  readonly journal: Pick<Journal, 'addToZoneMinute' | 'append' | 'flush' | 'log'>;
  /** Both clocks at once. */
  readonly now: () => Moment;
  /** Brings privacy areas into force; resolves when no picture without them is shown any more. */
  readonly onPrivacy: (cameraId: string) => Promise<void>;
  /** Milliseconds between two looks at stale cameras and midnight: 200. */
  readonly tickMs?: number;
  /** Least milliseconds between two `zones` events of one camera: 1000. */
  readonly spacingMs?: number;
}

/** The one place where zones are drawn, and where people are counted in them. */
export interface ZoneDesk {
  /** Everything that is drawn on a camera. */
  list(cameraId: string): ZoneList;
  /** Replaces it; resolves when privacy areas are in force. */
  replace(cameraId: string, zones: CheckedZones): Promise<ZoneList>;
  /** The areas of a camera that nobody may see. */
  privacyOf(cameraId: string): readonly (readonly Point[])[];
  /** The newest figures of each camera given that has zones. */
  zonesNow(cameraIds: readonly string[]): ZonesNow;
  /** Who is where, for alert rules; undefined for a camera that was never analysed. */
  book(cameraId: string): Pick<ZoneBook, 'people' | 'zones'> | undefined;
  /** Takes in one analysed frame. */
  accept(message: TracksMessage): void;
  /** Nobody of a camera can be seen any more. */
  interrupt(cameraId: string): void;
  /** The camera was removed. */
  forget(cameraId: string): void;
  /** Tells the last figures and stops; idempotent. */
  close(): void;
}

/** Makes the desk; zones that were stored are drawn at once. */
export function createZoneDesk(options: ZoneDeskOptions): ZoneDesk {
  const { store, minutes, journal, now, onPrivacy, tickMs = 200, spacingMs = 1000 } = options;
  const books = new Map<string, ZoneBook>();
  let day = localDayOf(now().epochMs);
  let closed = false;

  const bookOf = (cameraId: string): ZoneBook => {
    const known = books.get(cameraId);
    if (known !== undefined) return known;
    const book = new ZoneBook({ cameraId, journal, minutes, spacingMs }, day);
    books.set(cameraId, book);
    return book;
  };
  for (const [cameraId, zones] of store.all()) bookOf(cameraId).draw(zones, now());

  const turnDay = (moment: Moment): void => {
    if (isWithin(day, moment.epochMs)) return;
    day = localDayOf(moment.epochMs);
    for (const book of books.values()) book.beginDay(day);
  };

  const timer = setInterval(() => {
    const moment = now();
    turnDay(moment);
    for (const book of books.values()) book.tick(moment);
  }, tickMs);
  timer.unref();

  const listOf = (cameraId: string): ZoneList => {
    const book = books.get(cameraId);
    return { cameraId, revision: book?.revision ?? 0, zones: book?.zones ?? [] };
  };
  const privacyOf = (cameraId: string): readonly (readonly Point[])[] =>
    shapesOfPrivacy(books.get(cameraId)?.zones ?? []);

  return {
    list: listOf,
    replace: async (cameraId, checked) => {
      const zones = withIds(checked);
      const before = JSON.stringify(privacyOf(cameraId));
      store.replace(cameraId, zones);
      const moment = now();
      const book = bookOf(cameraId);
      book.draw(zones, moment);
      book.tell(moment, true);
      if (JSON.stringify(shapesOfPrivacy(zones)) !== before) await onPrivacy(cameraId);
      return listOf(cameraId);
    },
    privacyOf,
    zonesNow: (cameraIds) => {
      const cursor = journal.log.cursorAt(journal.log.newest());
      const { epochMs } = now();
      return {
        cursor,
        cameras: cameraIds.flatMap((cameraId) => {
          const book = books.get(cameraId);
          if (book === undefined || book.zones.length === 0) return [];
          return [{ v: 1 as const, cursor, at: epochMs, ...book.figures() }];
        }),
      };
    },
    book: (cameraId) => books.get(cameraId),
    accept: (message) => {
      if (closed) return;
      const moment = now();
      turnDay(moment);
      bookOf(message.cameraId).accept(message, moment);
    },
    interrupt: (cameraId) => {
      if (!closed) books.get(cameraId)?.interrupt(now());
    },
    forget: (cameraId) => {
      const book = books.get(cameraId);
      if (book === undefined || closed) return;
      book.interrupt(now());
      books.delete(cameraId);
      store.replace(cameraId, []);
    },
    close: () => {
      if (closed) return;
      clearInterval(timer);
      const moment = now();
      for (const book of books.values()) {
        book.interrupt(moment);
        book.tell(moment, true);
      }
      closed = true;
    },
  };
}

function shapesOfPrivacy(zones: readonly Zone[]): readonly (readonly Point[])[] {
  return zones.filter(({ kind }) => kind === 'privacy').map(({ points }) => points);
}
