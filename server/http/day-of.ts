import { type LocalDay, localDayOf } from '../ledger/local-day.js';

/** The day of a name such as `2026-05-01`, in the server's time zone. */
export function dayOf(name: string): LocalDay {
  const [year = 0, month = 1, date = 1] = name.split('-').map(Number);
  return localDayOf(new Date(year, month - 1, date, 12).getTime());
}
