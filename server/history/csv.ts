/** What may stand in a cell. */
export type CsvValue = string | number | null;

/** Spreadsheets run cells that begin so as formulas (CWE-1236). */
const formula = /^[=+\-@\t\r]/;

/**
 * Writes a table as CSV (RFC 4180): CRLF, a heading, UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe
 * in front; null is an empty cell.
 */
export function toCsv(heading: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  const lines = [heading.map(cell).join(',')];
  for (const row of rows) lines.push(row.map(cell).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
