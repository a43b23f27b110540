import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

/** Ids of others are taken over only in this shape: long enough to be one, and nothing that could break a log. */
const wellFormed = /^[\w.:-]{8,64}$/;

interface Locals {
  requestId?: string;
  traceId?: string;
}

/**
 * Gives each request an id: the one of its `X-Request-Id`, so that a proxy's log and this one tell of the same thing, or a
 * new one. It goes back in the same header, into problem documents and into the log.
 */
export function requestIds(): RequestHandler {
  return (request, response, next) => {
    const given = request.headers['x-request-id'];
    const id = typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
    (response.locals as Locals).requestId = id;
    response.set('X-Request-Id', id);
    next();
  };
}

/** The id of the request that is answered; undefined before `requestIds` saw it. */
export function requestIdOf(response: Response): string | undefined {
  return (response.locals as Locals).requestId;
}

/** Notes the trace that a request belongs to, so that the log can name it. */
export function noteTrace(response: Response, traceId: string): void {
  (response.locals as Locals).traceId = traceId;
}

/** The trace that a request belongs to; undefined where it is not traced. */
export function traceIdOf(response: Response): string | undefined {
  return (response.locals as Locals).traceId;
}
