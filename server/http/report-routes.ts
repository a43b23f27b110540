import { z } from 'zod';
import { schemaOf } from '../openapi/schema-of.js';
import type { ReportDesk } from '../sinks/report-desk.js';
import { dayOf } from './day-of.js';
import type { SentReport } from './history-api.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';

/** What the route needs of the server. */
export type ReportPort = Pick<ReportDesk, 'send'>;

const sentReportSchema = schemaOf<SentReport>()(
  z
    .strictObject({ queued: z.int().min(0).describe('Mail sinks that it goes to; 0 when it was just sent.') })
    .meta({ id: 'SentReport' }),
);

/** Sends a daily report to those who get it anyway. */
export function reportRoutes(reports: ReportPort): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/reports/daily/send',
      summary:
        'Send the report of a day to those who get the daily report by mail; yesterday where no day is given',
      answer: { status: 202, body: sentReportSchema },
      permission: 'operate',
      body: z.strictObject({ day: z.iso.date().exactOptional() }),
      handle: ({ body: { day }, caller }) => {
        // It shows all cameras to others: not for somebody who may know of some only.
        if (caller.cameras !== undefined) {
          throw new ProblemError(
            403,
            'forbidden',
            'The report is of all cameras, and your account sees some.',
          );
        }
        const queued = reports.send(day === undefined ? undefined : dayOf(day));
        if (queued === undefined) {
          throw new ProblemError(
            409,
            'no-report-readers',
            'Nobody gets the daily report: set it at an e-mail sink.',
          );
        }
        return { ...ok({ queued }), status: 202, subject: day ?? 'yesterday' };
      },
    }),
  ];
}
