import type { Alert, AlertEvent } from '../realtime/events.js';
import { type ReportNotice, reportText, reportTitle } from './report-mail.js';

/** One piece of news about an alert. */
export interface AlertNews {
  readonly change: AlertEvent['change'];
  readonly alert: Alert;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What is sent to a sink. */
export type Notice =
  | ({ readonly type: 'alert' } & AlertNews)
  | {
      readonly type: 'digest';
      readonly ruleName: string;
      /** Oldest first; of more than fit, the oldest are only counted. */
      readonly news: readonly AlertNews[];
      readonly omitted: number;
      readonly at: number;
    }
  | ReportNotice
  | { readonly type: 'test'; readonly at: number };

/** News in one digest at most. */
const mostNews = 200;

/** Adds news to a digest that waits. */
export function addToDigest(digest: Extract<Notice, { type: 'digest' }>, news: AlertNews): Notice {
  const all = [...digest.news, news];
  const surplus = Math.max(0, all.length - mostNews);
  return { ...digest, news: all.slice(surplus), omitted: digest.omitted + surplus };
}

/** One line that says what a notice is about. */
export function titleOf(notice: Notice): string {
  switch (notice.type) {
    case 'test':
      return 'Test message from Maskwatch';
    case 'report':
      return reportTitle(notice);
    case 'digest': {
      const count = notice.news.length + notice.omitted;
      return `${notice.ruleName}: ${count} ${count === 1 ? 'piece' : 'pieces'} of news`;
    }
    case 'alert': {
      const { alert, change } = notice;
      const place =
        alert.zoneName === undefined ? alert.cameraName : `${alert.cameraName}, ${alert.zoneName}`;
      return `${words[change]}: ${alert.ruleName} (${place})`;
    }
  }
}

/** The whole text of a notice for people: plain text, lines of at most a few dozen characters. */
export function textOf(notice: Notice): string {
  switch (notice.type) {
    case 'test':
      return 'This is a test message. Alerts of Maskwatch will look like this one.\n';
    case 'report':
      return reportText(notice);
    case 'digest':
      return [
        ...notice.news.map((news) => `${timeOf(news.at)}  ${titleOf({ type: 'alert', ...news })}`),
        ...(notice.omitted > 0 ? [`… and ${notice.omitted} earlier`] : []),
        '',
      ].join('\n');
    case 'alert':
      return `${lines(notice).join('\n')}\n`;
  }
}

const words: Readonly<Record<AlertEvent['change'], string>> = {
  raised: 'Alert',
  updated: 'Alert',
  cleared: 'Over',
  acknowledged: 'Acknowledged',
  pictured: 'Picture',
};

function lines({ alert, change }: AlertNews): string[] {
  const { people, acknowledged } = alert;
  return [
    titleOf({ type: 'alert', change, alert, at: 0 }),
    '',
    `Severity: ${alert.severity}`,
    `Since: ${timeOf(alert.raisedAt)}`,
    ...(alert.clearedAt === undefined ? [] : [`Until: ${timeOf(alert.clearedAt)}`]),
    measure(alert),
    ...(alert.kind === 'camera-down'
      ? []
      : [
          `People at its worst: ${people.mask} with a mask, ${people.no_mask} without, ${people.incorrect} worn wrong, ${people.unknown} unknown`,
        ]),
    ...(acknowledged === undefined
      ? []
      : [`Acknowledged by ${acknowledged.by}${acknowledged.note === '' ? '' : `: ${acknowledged.note}`}`]),
  ];
}

function measure({ kind, worst, limit }: Alert): string {
  switch (kind) {
    case 'share-unmasked':
      return `Share unmasked: ${Math.round(worst * 100)} % (limit ${Math.round(limit * 100)} %)`;
    case 'unmasked-person':
      return `Unmasked people: ${worst}`;
    case 'occupancy':
      return `People: ${worst} (limit ${limit})`;
    case 'camera-down':
      return `No video for more than ${limit} s`;
  }
}

function timeOf(epochMs: number): string {
  return new Date(epochMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}
