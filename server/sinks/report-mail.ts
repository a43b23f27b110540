import type { DailyReportView } from '../http/history-api.js';
import { type ReportLanguage, type ReportWords, reportWords } from './report-words.js';

/** A report on its way to somebody's mailbox. */
export interface ReportNotice {
  readonly type: 'report';
  readonly report: DailyReportView;
  /** The hours of the day, for each camera. */
  readonly csv: string;
  readonly language: ReportLanguage;
  /** IANA name of the zone whose day it is. */
  readonly timeZone: string;
  readonly at: number;
}

type Figures = DailyReportView['total'];

/** What the mail is called. */
export function reportTitle({ report, language }: ReportNotice): string {
  const { title } = reportWords[language];
  return report.site === '' ? title(report.day) : `${title(report.day)} – ${report.site}`;
}

/** The report as plain text. */
export function reportText(notice: ReportNotice): string {
  const { report, timeZone } = notice;
  const t = reportWords[notice.language];
  const line = (name: string, row: Figures): string =>
    `${name}: ${ratio(row.compliance, t)} (${range(row, t)}); ${t.people} ${total(row)}; ${t.mask} ${row.people.mask}, ` +
    `${t.noMask} ${row.people.no_mask}, ${t.incorrect} ${row.people.incorrect}, ${t.unknown} ${row.people.unknown}` +
    // A day from before occupancy was kept has none.
    (row.occupancyMax === null
      ? ''
      : `; ${t.meanInside} ${mean(row, t)}, ${t.mostInside} ${row.occupancyMax}`);
  return [
    reportTitle(notice),
    '',
    ...(report.hours.length === 0 ? [t.nothing] : [line(t.compliance, report.total)]),
    t.alerts(report.alerts.critical, report.alerts.warning, report.alerts.info),
    '',
    ...section(
      t.byCamera,
      report.cameras.map((row) => line(row.name, row)),
    ),
    ...section(
      t.byHour,
      report.hours.map((row) => line(hourOf(row.at, notice), row)),
    ),
    t.note(timeZone),
    '',
  ].join('\n');
}

/** The report as a page of its own: no script, no address, no style but its own. */
export function reportHtml(notice: ReportNotice): string {
  const { report, language, timeZone } = notice;
  const t = reportWords[language];
  const { critical, warning, info } = report.alerts;
  const rows = (first: string, of: readonly (Figures & { readonly name: string })[]): string =>
    of.length === 0 ? '' : table(first, of, t);
  const hours = report.hours.map((row) => ({ ...row, name: hourOf(row.at, notice) }));
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(reportTitle(notice))}</title></head>`,
    '<body style="margin:0;padding:24px;font:15px/1.5 system-ui,sans-serif;color:#1a232b;background:#ffffff">',
    `<h1 style="font-size:22px;margin:0 0 4px">${escaped(t.title(report.day))}</h1>`,
    report.site === '' ? '' : `<p style="margin:0 0 16px">${escaped(report.site)}</p>`,
    `<p style="margin:0;color:#52606d">${escaped(t.compliance)}</p>`,
    `<p style="margin:0;font-size:40px;font-weight:700">${escaped(ratio(report.total.compliance, t))}</p>`,
    `<p style="margin:0 0 16px;color:#52606d">${escaped(report.hours.length === 0 ? t.nothing : `${t.range}: ${range(report.total, t)}`)}</p>`,
    `<p style="margin:0 0 16px">${escaped(t.alerts(critical, warning, info))}</p>`,
    report.cameras.length === 0 ? '' : heading(t.byCamera),
    rows(t.camera, report.cameras),
    hours.length === 0 ? '' : heading(t.byHour),
    rows(t.hour, hours),
    `<p style="margin:16px 0 0;color:#52606d">${escaped(t.note(timeZone))}</p></body></html>`,
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
}

function heading(text: string): string {
  return `<h2 style="font-size:17px;margin:24px 0 8px">${escaped(text)}</h2>`;
}

function table(
  first: string,
  rows: readonly (Figures & { readonly name: string })[],
  t: ReportWords,
): string {
  const titles = [
    t.compliance,
    t.range,
    t.people,
    t.mask,
    t.noMask,
    t.incorrect,
    t.unknown,
    t.meanInside,
    t.mostInside,
    t.watched,
  ];
  const edge = 'padding:4px 12px 4px 0;border-bottom:1px solid #d5dce3';
  const head = [first, ...titles]
    .map(
      (title, n) =>
        `<th scope="col" style="${edge};text-align:${n === 0 ? 'left' : 'right'}">${escaped(title)}</th>`,
    )
    .join('');
  const body = rows.map((row) => {
    const { mask, no_mask, incorrect, unknown } = row.people;
    const minutes = `${new Intl.NumberFormat(t.locale).format(Math.round(row.watchedSeconds / 60))} min`;
    const cells = [
      ratio(row.compliance, t),
      range(row, t),
      total(row),
      mask,
      no_mask,
      incorrect,
      unknown,
      mean(row, t),
      row.occupancyMax ?? '–',
      minutes,
    ];
    const values = cells.map((cell) => `<td style="${edge};text-align:right">${escaped(String(cell))}</td>`);
    return `<tr><th scope="row" style="${edge};text-align:left;font-weight:400">${escaped(row.name)}</th>${values.join('')}</tr>`;
  });
  return `<table style="border-collapse:collapse"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
}

function total({ people }: Figures): number {
  return people.mask + people.no_mask + people.incorrect + people.unknown;
}

function mean({ occupancyMean }: Figures, { locale }: ReportWords): string {
  if (occupancyMean === null) return '–';
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(occupancyMean);
}

function ratio(value: number | null, { locale }: ReportWords): string {
  return value === null ? '–' : new Intl.NumberFormat(locale, { style: 'percent' }).format(value);
}

function range({ interval }: Figures, t: ReportWords): string {
  return interval === null ? '–' : `${ratio(interval[0], t)} – ${ratio(interval[1], t)}`;
}

function hourOf(at: number, { language, timeZone }: ReportNotice): string {
  const { locale } = reportWords[language];
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23', timeZone }).format(at);
}

const marks: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? '');
}
