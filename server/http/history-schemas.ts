import { z } from 'zod';
import { schemaOf } from '../openapi/schema-of.js';
import { peopleCountsSchema } from '../realtime/event-schemas.js';
import type { DailyReportView, Notice, ZoneHistory } from './history-api.js';

const share = z.number().min(0).max(1);
const epochMs = z.int().describe('Epoch milliseconds.');
const count = z.int().min(0);
const figures = {
  people: peopleCountsSchema,
  compliance: share.nullable(),
  interval: z.tuple([share, share]).nullable().describe('In which compliance lies with 95 % confidence.'),
  watchedSeconds: z.number().min(0),
};

const reportFigures = {
  ...figures,
  occupancyMean: z
    .number()
    .min(0)
    .nullable()
    .describe('Mean of the people in the pictures at once, of several cameras together.'),
  occupancyMax: count.nullable().describe('Most people in one picture at once.'),
};

/** People in the zones and over the lines of a camera. */
export const zoneHistorySchema = schemaOf<ZoneHistory>()(
  z
    .strictObject({
      from: epochMs,
      to: epochMs,
      bucket: z.enum(['minute', 'hour', 'day']),
      cameraId: z.string(),
      buckets: z.array(
        z.strictObject({
          at: epochMs,
          zoneId: z.string().describe('Empty for the whole picture.'),
          flow: z.enum(['entered', 'forward', 'backward']),
          ...figures,
          occupancyMean: z.number().min(0).nullable(),
          occupancyMax: count,
          dwellSeconds: z.number().min(0).nullable(),
        }),
      ),
    })
    .meta({ id: 'ZoneHistory' }),
);

/** One day of the server's time zone. */
export const dailyReportSchema = schemaOf<DailyReportView>()(
  z
    .strictObject({
      site: z.string(),
      day: z.string(),
      from: epochMs,
      to: epochMs,
      total: z.strictObject(reportFigures),
      cameras: z.array(z.strictObject({ ...reportFigures, cameraId: z.string(), name: z.string() })),
      hours: z.array(z.strictObject({ ...reportFigures, at: epochMs })),
      alerts: z.strictObject({ info: count, warning: count, critical: count }),
    })
    .meta({ id: 'DailyReport' }),
);

/** What people in front of the cameras may know. */
export const noticeSchema = schemaOf<Notice>()(
  z
    .strictObject({
      site: z.string(),
      purpose: z.string(),
      contact: z.string(),
      retention: z.strictObject({
        visitDays: count,
        minuteDays: count,
        hourDays: count,
        dayDays: count,
        alertDays: count,
      }),
      countsOnly: z
        .enum(['all', 'some', 'none'])
        .describe(
          'Which cameras only count: nobody sees their video, and of it nothing but numbers is kept.',
        ),
      pictures: z
        .strictObject({ hours: count, facesHidden: z.boolean() })
        .exactOptional()
        .describe('Pictures that are kept with alerts; absent where none is.'),
    })
    .meta({ id: 'Notice' }),
);
