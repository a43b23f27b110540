import type { CountsHistory } from '../../../server/http/api.js';
import type { ZoneHistory } from '../../../server/http/history-api.js';
import type { PeopleCounts } from '../../../server/realtime/events.js';
import { addPeople, complianceOf, nobody } from './people.js';
import { wilsonInterval } from './wilson-interval.js';

/** One row of a history: some time of one camera, of all cameras, or of one zone. */
export interface HistoryRow {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly people: PeopleCounts;
  /** 0..1; null where nobody has a decided state. */
  readonly compliance: number | null;
  readonly interval: readonly [number, number] | null;
  readonly watchedSeconds: number;
  /** Mean and most people inside at once; null where that is not known, absent over a line. */
  readonly occupancyMean?: number | null;
  readonly occupancyMax?: number | null;
  /** Mean length of the stays that ended; null where none did, absent where stays are not told. */
  readonly dwellSeconds?: number | null;
}

/**
 * A camera's rows, or the sums over all cameras, oldest first. Over all cameras the mean is that of all their pictures together;
 * the most people at once are those of one picture, for nobody knows whether two pictures were full at the same moment.
 */
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
      occupancyMean: join(before?.occupancyMean, bucket.occupancyMean, (a, b) => a + b),
      occupancyMax: join(before?.occupancyMax, bucket.occupancyMax, Math.max),
    });
  }
  return [...sums.values()].sort((a, b) => a.at - b.at);
}

/** The rows of one zone, or of one direction over a line. @param place of `placesOf` */
export function zoneRows(history: ZoneHistory, place: string): HistoryRow[] {
  return history.buckets
    .filter(({ zoneId, flow }) => placeKey(zoneId, flow) === place)
    .map(({ occupancyMean, occupancyMax, dwellSeconds, ...row }) =>
      // Nobody is inside a line, and nobody stays there.
      row.flow === 'entered' ? { ...row, occupancyMean, occupancyMax, dwellSeconds } : row,
    );
}

/** The zones and directions of a history that are no whole picture, as keys. */
export function placesOf(history: ZoneHistory): string[] {
  const keys = history.buckets.flatMap(({ zoneId, flow }) => (zoneId === '' ? [] : placeKey(zoneId, flow)));
  return [...new Set(keys)].sort();
}

/** Joins two values of which either may be unknown. */
function join(
  a: number | null | undefined,
  b: number | null,
  both: (a: number, b: number) => number,
): number | null {
  if (a === undefined || a === null) return b;
  return b === null ? a : both(a, b);
}

/** `till` for an area, `door →` and `door ←` for a line. */
function placeKey(zoneId: string, flow: ZoneHistory['buckets'][number]['flow']): string {
  return flow === 'entered' ? zoneId : `${zoneId} ${flow === 'forward' ? '→' : '←'}`;
}
