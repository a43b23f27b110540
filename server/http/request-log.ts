import type { RequestHandler } from 'express';
import type { HttpLog } from './answer-errors.js';
import { requestIdOf, traceIdOf } from './request-id.js';

/**
 * Tells of each answer, at level `debug`. The address goes without its query, which may hold what nobody should read.
 *
 * @param clock monotonic milliseconds
 */
export function logRequests(log: HttpLog, clock: () => number): RequestHandler {
  return (request, response, next) => {
    const startedMs = clock();
    const { method, path } = request;
    response.once('close', () => {
      log.debug(
        {
          requestId: requestIdOf(response),
          // Left out of the line where there is none.
          traceId: traceIdOf(response),
          method,
          path: path.slice(0, 200),
          status: response.statusCode,
          ms: Math.round(clock() - startedMs),
        },
        'request',
      );
    });
    next();
  };
}
