/** Hours and minutes, and seconds where asked for, in the reader's own time zone. */
export function formatTime(epochMs: number, locale: string, seconds = false): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds && { second: '2-digit' }),
  }).format(epochMs);
}

/**
 * A length of time in its two largest units: "45 s", "2 min 5 s", "1 h 3 min".
 *
 * @param ms at least 0; less counts as 0
 */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return joined(`${minutes} min`, seconds % 60, 's');
  return joined(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}

function joined(large: string, small: number, unit: string): string {
  return small === 0 ? large : `${large} ${small} ${unit}`;
}

/** Day and month of an instant, such as "23 Nov". */
export function formatDay(epochMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(epochMs);
}

/** A whole day, such as "Monday, 23 November 2026". */
export function formatWholeDay(epochMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full' }).format(epochMs);
}

/** Day and time of an instant, for tables, such as "23 Nov 2026, 14:05". */
export function formatDayTime(epochMs: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(epochMs);
}
