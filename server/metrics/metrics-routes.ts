import type { Caller } from '../access/caller.js';
import { route, type Route } from '../http/route.js';

/** What the route needs of the metrics. */
export interface MetricsPort {
  /** @param cameras the only ones that may be told of; all where absent */
  text(cameras?: Caller['cameras']): Promise<string>;
}

/** The address that Prometheus asks. */
export function metricsRoutes(metrics: MetricsPort): Route[] {
  return [
    route({
      method: 'get',
      path: '/metrics',
      summary: 'Metrics in the text format of Prometheus',
      answer: { status: 200, body: 'text/plain' },
      permission: 'view',
      handle: async ({ caller }) => ({
        status: 200,
        text: {
          type: 'text/plain; version=0.0.4; charset=utf-8',
          content: await metrics.text(caller.cameras),
        },
      }),
    }),
  ];
}
