import type { CountsHistory } from '../http/api.js';
import type { DailyReportView } from '../http/history-api.js';
import type { LocalDay } from '../ledger/local-day.js';
import type { AlertStore } from '../storage/alert-store.js';
import type { BucketStore } from '../storage/bucket-store.js';
import { type CsvValue, toCsv } from './csv.js';
import { dailyReport } from './daily-report.js';

/** What a report is read from. */
export interface ReportSources {
  readonly buckets: Pick<BucketStore, 'read'>;
  readonly alerts: Pick<AlertStore, 'countRaised'>;
  /** Who runs the cameras; may be empty. */
  readonly site: string;
  /** The cameras that there are. */
  readonly cameras: readonly { readonly id: string; readonly name: string }[];
}

/**
 * The report of one day.
 *
 * @param seen the only cameras to report; all where undefined, also those that were removed
 */
export function reportOfDay(
  { buckets, alerts, site, cameras }: ReportSources,
  day: LocalDay,
  seen?: ReadonlySet<string>,
): DailyReportView {
  const names = new Map(cameras.map(({ id, name }) => [id, name]));
  const hours = buckets
    .read({ length: 'hour', from: day.start, to: day.end })
    .filter(({ cameraId }) => seen === undefined || seen.has(cameraId));
  const raised = alerts.countRaised(day.start, day.end, seen === undefined ? undefined : [...seen]);
  const made = dailyReport(day, hours, raised);
  return {
    ...made,
    site,
    day: dayName(day.start),
    cameras: made.cameras.map((figures) => ({
      ...figures,
      // A camera that was removed keeps its history under its id.
      name: names.get(figures.cameraId) ?? figures.cameraId,
    })),
  };
}

/** `2026-05-01`, in the server's time zone. */
export function dayName(startMs: number): string {
  const at = new Date(startMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Counts over time as CSV, a row for each bucket and camera. */
export function countsTable(buckets: CountsHistory['buckets']): string {
  return toCsv(
    [
      ...['start', 'camera', 'mask', 'no_mask', 'incorrect', 'unknown'],
      ...['compliance', 'compliance_low', 'compliance_high'],
      ...['occupancy_mean', 'occupancy_max', 'watched_seconds'],
    ],
    buckets.map(({ at, cameraId, people, compliance, interval, ...rest }): CsvValue[] => [
      ...[
        new Date(at).toISOString(),
        cameraId,
        people.mask,
        people.no_mask,
        people.incorrect,
        people.unknown,
      ],
      ...[compliance, interval?.[0] ?? null, interval?.[1] ?? null],
      ...[rest.occupancyMean, rest.occupancyMax, rest.watchedSeconds],
    ]),
  );
}
