import type { QuietHours } from '../http/alert-api.js';

const minutesOfDay = 24 * 60;

/**
 * Whether a moment lies in quiet hours, by the wall clock of their time zone: where clocks change, they are an hour
 * longer or shorter that night.
 *
 * @param epochMs the moment
 * @throws RangeError for a time zone that does not exist; `isTimeZone` tells before
 */
export function isQuiet({ from, to, days, timeZone }: QuietHours, epochMs: number): boolean {
  const { day, minute } = wallClock(epochMs, timeZone);
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const begins = (on: number) => days === undefined || days.includes(on);
  if (start < end) return begins(day) && minute >= start && minute < end;
  // Over midnight, or a whole day where both are the same: the morning belongs to the day before.
  return (begins(day) && minute >= start) || (begins((day + 6) % 7) && minute < end);
}

/** Whether this is the name of a time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) % minutesOfDay;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function wallClock(epochMs: number, timeZone: string): { readonly day: number; readonly minute: number } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(epochMs);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((entry) => entry.type === type)?.value ?? '';
  return {
    day: weekdays.indexOf(part('weekday')),
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}
