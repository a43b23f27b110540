import type { CountsHistory } from '../../../server/http/api.js';
import type { ZoneHistory } from '../../../server/http/history-api.js';
import type { PeopleCounts } from '../../../server/realtime/events.js';
import { addPeople, allPeople, complianceOf, nobody } from './people.js';
import type { TrendSeries } from './trend-series.js';
import { wilsonInterval } from './wilson-interval.js';

/** How far back a history looks. */
export const spans = ['day', 'week', 'month', 'year'] as const;
/** One of them. */
export type Span = (typeof spans)[number];

const hourMs = 3_600_000;
const lengths: Readonly<Record<Span, { readonly ms: number; readonly bucket: 'hour' | 'day' }>> = {
  day: { ms: 24 * hourMs, bucket: 'hour' },
  week: { ms: 7 * 24 * hourMs, bucket: 'hour' },
  month: { ms: 30 * 24 * hourMs, bucket: 'day' },
  year: { ms: 365 * 24 * hourMs, bucket: 'day' },
};

/** What to ask the server for. @param now epoch milliseconds */
export function spanQuery(span: Span, now: number): { from: number; to: number; bucket: 'hour' | 'day' } {
  const { ms, bucket } = lengths[span];
  return { from: now - ms, to: now, bucket };
}

/** One row of a history: some time of one camera, of all cameras, or of one zone. */
export interface HistoryRow {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly people: PeopleCounts;
  /** 0..1; null where nobody has a decided state. */
  readonly compliance: number | null;
  readonly interval: readonly [number, number] | null;
  readonly watchedSeconds: number;
}

/** A camera's rows, or the sums over all cameras, oldest first. */
export function countRows(history: CountsHistory, cameraId: string | undefined): HistoryRow[] {
  if (cameraId !== undefined) return history.buckets.filter((bucket) => bucket.cameraId === cameraId);
  const sums = new Map<number, HistoryRow>();
  for (const bucket of history.buckets) {
    const before = sums.get(bucket.at);
    const people = addPeople(before?.people ?? nobody, bucket.people);
    sums.set(bucket.at, {
      at: bucket.at,
      people,
      compliance: complianceOf(people),
      interval: wilsonInterval(people.mask, people.mask + people.no_mask + people.incorrect),
      watchedSeconds: (before?.watchedSeconds ?? 0) + bucket.watchedSeconds,
    });
  }
  return [...sums.values()].sort((a, b) => a.at - b.at);
}

/** The rows of one zone, or of one direction over a line. @param place of `placesOf` */
export function zoneRows(history: ZoneHistory, place: string): HistoryRow[] {
  return history.buckets.filter(({ zoneId, flow }) => placeKey(zoneId, flow) === place);
}

/** The zones and directions of a history that are no whole picture, as keys. */
export function placesOf(history: ZoneHistory): string[] {
  const keys = history.buckets.flatMap(({ zoneId, flow }) => (zoneId === '' ? [] : placeKey(zoneId, flow)));
  return [...new Set(keys)].sort();
}

/** Columns for a chart with gaps as gaps: a place in time without a row is null, never zero. */
export function historySeries(rows: readonly HistoryRow[], stepMs: number): TrendSeries {
  const at: number[] = [];
  const compliance: (number | null)[] = [];
  const people: (number | null)[] = [];
  let before: number | undefined;
  for (const row of rows) {
    // One empty column is enough to break the line; days may be an hour longer.
    if (before !== undefined && row.at - before > stepMs * 1.5) {
      at.push((before + stepMs) / 1000);
      compliance.push(null);
      people.push(null);
    }
    at.push(row.at / 1000);
    compliance.push(row.compliance);
    people.push(allPeople(row.people));
    before = row.at;
  }
  return { at, compliance, people };
}

/** `till` for an area, `door →` and `door ←` for a line. */
function placeKey(zoneId: string, flow: ZoneHistory['buckets'][number]['flow']): string {
  return flow === 'entered' ? zoneId : `${zoneId} ${flow === 'forward' ? '→' : '←'}`;
}
