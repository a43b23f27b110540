import { countsTable, dayName, reportOfDay, type ReportSources } from '../history/report-of-day.js';
import { readHistory } from '../ledger/history.js';
import { type LocalDay, localDayOf } from '../ledger/local-day.js';
import type { FlagStore } from '../storage/flag-store.js';
import type { Database } from '../storage/open-database.js';
import type { OutboxStore } from '../storage/outbox-store.js';
import type { ReportNotice } from './report-mail.js';
import type { ReportLanguage } from './report-words.js';

/** Who gets the daily report, and when. */
export interface ReportReader {
  readonly sinkId: string;
  /** `HH:MM` by the server's wall clock. */
  readonly at: string;
  readonly language: ReportLanguage;
}

/** What a desk stands on. */
export interface ReportDeskOptions {
  readonly db: Pick<Database, 'transaction'>;
  readonly flags: FlagStore;
  readonly outbox: Pick<OutboxStore, 'add'>;
  readonly sources: () => ReportSources;
  /** Sinks that are switched on and get the report. */
  readonly readers: () => readonly ReportReader[];
  /** Something was put into the outboxes of these sinks. */
  readonly wake: (sinkIds: Iterable<string>) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onProblem: (error: unknown) => void;
  /** Milliseconds between two looks at the clock: 30000. */
  readonly tickMs?: number;
}

/** Sends the report of a day that is over to those who want it, once a day, also over restarts. */
export interface ReportDesk {
  /** Looks at the clock now. */
  look(): void;
  /**
   * Sends the report of a day to all who get it, the moment that somebody asks for it; twice in a minute is once.
   *
   * @param day yesterday where undefined
   * @returns how many it goes to; undefined when nobody gets the report
   */
  send(day: LocalDay | undefined): number | undefined;
  /** Looks no more; what waits in the outbox is sent after the next start. Idempotent. */
  close(): void;
}

/** Makes the desk; it begins to look by itself. */
export function createReportDesk(options: ReportDeskOptions): ReportDesk {
  const { db, flags, outbox, sources, readers, wake, now, onProblem, tickMs = 30_000 } = options;
  const noticeOf = (day: LocalDay, language: ReportLanguage): ReportNotice => {
    const read = sources();
    const { buckets } = readHistory(read.buckets, { from: day.start, to: day.end, bucket: 'hour' });
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return {
      type: 'report',
      report: reportOfDay(read, day),
      csv: countsTable(buckets),
      language,
      timeZone,
      at: now(),
    };
  };
  const put = ({ sinkId, language }: ReportReader, day: LocalDay, name: string): boolean =>
    outbox.add(sinkId, name, JSON.stringify(noticeOf(day, language)), now(), now());

  const lookAt = (reader: ReportReader): void => {
    const flag = `report ${reader.sinkId}`;
    const today = localDayOf(now());
    const sent = flags.get(flag);
    const over = now() >= momentOf(today, reader.at);
    if (sent === undefined) {
      // Who is new gets the next one, not one whose time has passed.
      const yesterday = localDayOf(today.start - 1);
      flags.set(flag, dayName((over ? today : yesterday).start));
      return;
    }
    if (!over || sent >= dayName(today.start)) return;
    const day = localDayOf(today.start - 1);
    // Together: a crash neither loses nor doubles it.
    db.transaction(() => {
      flags.set(flag, dayName(today.start));
      put(reader, day, `report ${dayName(day.start)}`);
    });
    wake([reader.sinkId]);
  };
  const look = (): void => {
    for (const reader of readers()) {
      try {
        lookAt(reader);
      } catch (error) {
        onProblem(error);
      }
    }
  };
  const timer = setInterval(look, tickMs);
  timer.unref();
  return {
    look,
    send: (asked) => {
      const day = asked ?? localDayOf(localDayOf(now()).start - 1);
      const wanted = readers();
      if (wanted.length === 0) return undefined;
      const minute = Math.floor(now() / 60_000);
      const queued = wanted.filter((reader) =>
        put(reader, day, `report ${dayName(day.start)} asked ${minute}`),
      );
      wake(queued.map(({ sinkId }) => sinkId));
      return queued.length;
    },
    close: () => clearInterval(timer),
  };
}

/** When a clock on the wall shows this time on a day; where it never does, as clocks change, right after. */
function momentOf({ start }: LocalDay, at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const day = new Date(start);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes).getTime();
}
