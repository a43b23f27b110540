import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ProblemError } from './problem-error.js';
import { requestIdOf } from './request-id.js';

/** Where requests and unexpected errors are told. */
export interface HttpLog {
  debug(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Ends the chain: nothing answered, so there is nothing here. */
export function answerUnknownPath(): RequestHandler {
  return () => {
    throw new ProblemError(404, 'not-found', 'There is nothing at this address.');
  };
}

/** Turns every error into a problem document; what is not meant for clients is logged and answered without details. */
export function answerErrors(log: HttpLog): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = toProblem(error);
    const requestId = requestIdOf(response);
    if (problem.status >= 500 && !(error instanceof ProblemError)) {
      log.error(
        { requestId, err: error, method: request.method, path: request.path.slice(0, 200) },
        'request failed',
      );
    }
    if (response.headersSent) {
      next(error);
      return;
    }
    if (problem.retryAfterSeconds !== undefined) {
      response.set('Retry-After', String(problem.retryAfterSeconds));
    }
    response
      .status(problem.status)
      .set('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify({ ...problem.toProblem(), ...(requestId === undefined ? {} : { requestId }) }));
  };
}

function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const status = statusOf(error);
  switch (status) {
    case 413:
      return new ProblemError(413, 'body-too-large', 'The body is too large.');
    case 415:
      return new ProblemError(
        415,
        'unsupported-media-type',
        'The body has an encoding that is not supported.',
      );
    case 404:
      return new ProblemError(404, 'not-found', 'There is nothing at this address.');
    default:
      return status >= 400 && status < 500
        ? new ProblemError(400, 'bad-request', 'The request could not be understood.')
        : new ProblemError(500, 'internal-error', 'Something went wrong in the server; its log says what.');
  }
}

/** The status that express and its parsers put on their errors; 500 for any other error. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error) || !('status' in error)) return 500;
  return typeof error.status === 'number' ? error.status : 500;
}
