import { z } from 'zod';
import { type Caller, sees } from '../access/caller.js';
import { healthSchema } from './answer-schemas.js';
import type { Health } from './api.js';
import { ok, route, type Route } from './route.js';

const glanceSchema = z
  .strictObject({ status: z.enum(['ok', 'degraded']) })
  .meta({ id: 'HealthGlance', description: 'All that whoever is not signed in is told.' });

/**
 * How the server is: under `/api` for pages, and at `/health` for whoever watches over processes. There a stranger is told
 * in one word, since what runs here and which cameras there are is nobody's business.
 */
export function healthRoutes(health: () => Health): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/health',
      summary: 'How the server is',
      answer: { status: 200, body: healthSchema },
      permission: 'view',
      handle: ({ caller }) => ok(visibleTo(caller, health())),
    }),
    route({
      method: 'get',
      path: '/health',
      summary: 'How the server is; in one word for whoever is not signed in',
      answer: { status: 200, body: z.union([healthSchema, glanceSchema]) },
      permission: 'public',
      handle: ({ caller }) => {
        const now = health();
        return ok(caller.may.has('view') ? visibleTo(caller, now) : { status: now.status });
      },
    }),
  ];
}

/** The report without the cameras that do not exist for a caller. */
function visibleTo(caller: Caller, report: Health): Health {
  if (caller.cameras === undefined) return report;
  return {
    ...report,
    analysis: report.analysis.map((child) => ({
      ...child,
      cameras: child.cameras.filter((id) => sees(caller, id)),
    })),
    cameras: report.cameras.filter(({ id }) => sees(caller, id)),
  };
}
