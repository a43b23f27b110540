import type { Health } from './api.js';
import { healthSchema } from './answer-schemas.js';
import { ok, route, type Route } from './route.js';

/** How the server is: under `/api` for pages, and at `/health` for whoever watches over processes. */
export function healthRoutes(health: () => Health): Route[] {
  return ['/api/health', '/health'].map((path) =>
    route({
      method: 'get',
      path,
      summary: 'How the server is',
      answer: { status: 200, body: healthSchema },
      permission: 'view',
      handle: () => ok(health()),
    }),
  );
}
