import { z } from 'zod';
import type { Health } from './api.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';

const liveSchema = z.strictObject({ status: z.literal('live') }).meta({ id: 'Live' });
const readySchema = z.strictObject({ status: z.literal('ready') }).meta({ id: 'Ready' });

/**
 * For whoever starts, stops and restarts processes: whether the server answers at all, and whether it can do its work.
 * Both are open to all and say nothing else.
 */
export function lifeRoutes(health: () => Pick<Health, 'analysis'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/health/live',
      summary: 'Whether the server answers at all',
      answer: { status: 200, body: liveSchema },
      permission: 'public',
      handle: () => ok({ status: 'live' }),
    }),
    route({
      method: 'get',
      path: '/health/ready',
      summary: 'Whether pictures can be analysed; 503 until then',
      answer: { status: 200, body: readySchema },
      permission: 'public',
      handle: () => {
        if (health().analysis.some(({ state }) => state === 'ready')) return ok({ status: 'ready' });
        throw new ProblemError(503, 'not-ready', 'No analysis process is ready.', undefined, 2);
      },
    }),
  ];
}
