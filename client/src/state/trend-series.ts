import type { CountsHistory } from '../../../server/http/api.js';
import { allPeople } from './people.js';

/** Columns for a chart: equal lengths, one entry a minute, null where there is no value. */
export interface TrendSeries {
  /** Start of each minute in epoch seconds. */
  readonly at: readonly number[];
  /** 0..1; null where nobody was decided or the camera was not watched. */
  readonly compliance: readonly (number | null)[];
  /** People first seen in that minute; null where the camera was not watched. */
  readonly people: readonly (number | null)[];
}

const minuteMs = 60_000;

/**
 * One camera's minutes from a history, with gaps as gaps: a minute in which nobody watched is null, never zero.
 *
 * @param history of bucket `minute`
 */
export function trendSeries(history: CountsHistory, cameraId: string): TrendSeries {
  const buckets = new Map(
    history.buckets.filter((bucket) => bucket.cameraId === cameraId).map((bucket) => [bucket.at, bucket]),
  );
  const at: number[] = [];
  const compliance: (number | null)[] = [];
  const people: (number | null)[] = [];
  const first = Math.floor(history.from / minuteMs) * minuteMs;
  for (let minute = first; minute < history.to; minute += minuteMs) {
    const bucket = buckets.get(minute);
    at.push(minute / 1000);
    compliance.push(bucket?.compliance ?? null);
    people.push(bucket ? allPeople(bucket.people) : null);
  }
  return { at, compliance, people };
}
