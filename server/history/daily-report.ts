import type { Alert, PeopleCounts } from '../realtime/events.js';
import type { Bucket } from '../storage/bucket-store.js';
import type { LocalDay } from '../ledger/local-day.js';
import { addCounts, complianceOf, nobody } from '../ledger/people-counts.js';
import { wilsonInterval } from '../ledger/wilson-interval.js';

/** People of some time with what follows from them. */
export interface ReportFigures {
  readonly people: PeopleCounts;
  /** mask / (mask + no_mask + incorrect), 0..1; null where nobody has a decided state. */
  readonly compliance: number | null;
  /** In which compliance lies with 95 % confidence. */
  readonly interval: readonly [number, number] | null;
  /**
   * Mean of the people in the pictures at once, of several cameras together, and the most in one picture; null where that was not
   * recorded.
   */
  readonly occupancyMean: number | null;
  readonly occupancyMax: number | null;
  readonly watchedSeconds: number;
}

/** One day of the cameras that somebody may see. */
export interface DailyReport {
  /** Midnight to midnight in the server's time zone, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly total: ReportFigures;
  readonly cameras: readonly (ReportFigures & { readonly cameraId: string })[];
  /** Hours in which a camera was watched; the others are absent. Epoch milliseconds of each start. */
  readonly hours: readonly (ReportFigures & { readonly at: number })[];
  /** Alerts raised on the day, by severity. */
  readonly alerts: Readonly<Record<Alert['severity'], number>>;
}

/**
 * Makes the report of a day from its hours.
 *
 * @param buckets hours of that day, of the cameras to report
 */
export function dailyReport(
  day: LocalDay,
  buckets: readonly Bucket[],
  alerts: DailyReport['alerts'],
): DailyReport {
  const cameras = [...new Set(buckets.map(({ cameraId }) => cameraId))].sort();
  const hours = [...new Set(buckets.map(({ at }) => at))].sort((a, b) => a - b);
  return {
    from: day.start,
    to: day.end,
    total: figures(buckets),
    cameras: cameras.map((cameraId) => ({
      cameraId,
      ...figures(buckets.filter((bucket) => bucket.cameraId === cameraId)),
    })),
    hours: hours.map((at) => ({ at, ...figures(buckets.filter((bucket) => bucket.at === at)) })),
    alerts,
  };
}

function figures(buckets: readonly Bucket[]): ReportFigures {
  const people = buckets.reduce((sum, bucket) => addCounts(sum, bucket.people), nobody);
  return {
    people,
    compliance: complianceOf(people),
    interval: wilsonInterval(people.mask, people.mask + people.no_mask + people.incorrect),
    ...occupancyOf(buckets),
    watchedSeconds: Math.round(buckets.reduce((sum, { watchedMs }) => sum + watchedMs, 0) / 1000),
  };
}

function occupancyOf(buckets: readonly Bucket[]): Pick<ReportFigures, 'occupancyMean' | 'occupancyMax'> {
  const sums = new Map<string, { personMs: number; watchedMs: number }>();
  let most: number | null = null;
  for (const { cameraId, occupancy } of buckets) {
    if (occupancy === undefined || occupancy.watchedMs === 0) continue;
    const { personMs, watchedMs } = sums.get(cameraId) ?? { personMs: 0, watchedMs: 0 };
    sums.set(cameraId, {
      personMs: personMs + occupancy.personMs,
      watchedMs: watchedMs + occupancy.watchedMs,
    });
    most = Math.max(most ?? 0, occupancy.most);
  }
  const means = [...sums.values()].map(({ personMs, watchedMs }) => personMs / watchedMs);
  return {
    occupancyMean: means.length === 0 ? null : means.reduce((sum, mean) => sum + mean, 0),
    occupancyMax: most,
  };
}
