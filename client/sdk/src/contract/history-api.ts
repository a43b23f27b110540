// Made from server/http/history-api.ts by "npm run interfaces"; change it there.

import type { ReportFigures } from './daily-report.js';
import type { PeopleCounts } from './events.js';

/**
 * `GET /api/zones/history?camera=&from=&to=&bucket=`: people in the zones and over the lines of a camera. `/api/zones/history.json`
 * is the same as a download, and recorded as an export.
 */
export interface ZoneHistory {
  readonly from: number;
  readonly to: number;
  readonly bucket: 'minute' | 'hour' | 'day';
  readonly cameraId: string;
  /** Only buckets in which the camera was watched. */
  readonly buckets: readonly {
    /** Epoch milliseconds of the start. */
    readonly at: number;
    /** Empty for the whole picture. */
    readonly zoneId: string;
    /** People who entered an area, or who crossed a line in this direction. */
    readonly flow: 'entered' | 'forward' | 'backward';
    readonly people: PeopleCounts;
    readonly compliance: number | null;
    readonly interval: readonly [number, number] | null;
    /** Mean and most people inside at once; the mean is null where nothing was watched. */
    readonly occupancyMean: number | null;
    readonly occupancyMax: number;
    /** Mean length of the stays that ended, in seconds; null where none did. */
    readonly dwellSeconds: number | null;
    readonly watchedSeconds: number;
  }[];
}

/** `GET /api/reports/daily?day=2026-05-01`: one day of the server's time zone. */
export interface DailyReportView {
  /** Who runs the cameras; may be empty. */
  readonly site: string;
  /** `2026-05-01` */
  readonly day: string;
  /** Midnight to midnight, epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly total: ReportFigures;
  readonly cameras: readonly (ReportFigures & { readonly cameraId: string; readonly name: string })[];
  /** Hours in which a camera was watched; the others are absent. Epoch milliseconds of each start. */
  readonly hours: readonly (ReportFigures & { readonly at: number })[];
  /** Alerts raised on the day. */
  readonly alerts: { readonly info: number; readonly warning: number; readonly critical: number };
}

/** `POST /api/reports/daily/send` with `{ day? }`: mail sinks that it goes to; 0 when it was just sent. */
export interface SentReport {
  readonly queued: number;
}

/** `GET /api/notice`: what people in front of the cameras may know. Public. */
export interface Notice {
  readonly site: string;
  readonly purpose: string;
  readonly contact: string;
  readonly retention: {
    readonly visitDays: number;
    readonly minuteDays: number;
    readonly hourDays: number;
    readonly dayDays: number;
    readonly alertDays: number;
  };
  /** Which cameras only count: nobody sees their video, and of it nothing but numbers is kept. */
  readonly countsOnly: 'all' | 'some' | 'none';
  /** What is said of pictures with alerts; absent where none is kept. */
  readonly pictures?: { readonly hours: number; readonly facesHidden: boolean };
}
