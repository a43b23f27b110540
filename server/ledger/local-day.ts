/** A calendar day where the server stands, in epoch milliseconds; 23 to 25 hours long. */
export interface LocalDay {
  /** Midnight. */
  readonly start: number;
  /** The next midnight, not part of the day. */
  readonly end: number;
}

/** The day that a moment (epoch milliseconds) lies in, by the process's time zone (`TZ`). */
export function localDayOf(epochMs: number): LocalDay {
  const at = new Date(epochMs);
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  return { start: new Date(year, month, day).getTime(), end: new Date(year, month, day + 1).getTime() };
}

/** True when the moment lies in the day. */
export function isWithin(day: LocalDay, epochMs: number): boolean {
  return epochMs >= day.start && epochMs < day.end;
}
