import { type IRouter, type Request, type RequestHandler, type Response, Router } from 'express';
import { invalidInput, ProblemError } from './problem-error.js';
import { decodeBody, readBytes } from './read-body.js';
import { type Permission, permissions, type Reply, type Route } from './route.js';

/** Decides whether a request has a permission. */
export type Authorize = (permission: Permission, request: Request) => boolean;

/**
 * Puts a route table on a router. Deny by default: a route whose permission is not declared does not start, and a known
 * path with another method answers 405.
 *
 * @throws TypeError for a route without a known permission, or two routes for the same thing
 */
export function mountRoutes(routes: readonly Route[], authorize: Authorize): IRouter {
  const router = Router({ strict: false, caseSensitive: true });
  const methods = new Map<string, string[]>();
  for (const entry of routes) {
    const name = `${entry.method.toUpperCase()} ${entry.path}`;
    if (!permissions.includes(entry.permission)) throw new TypeError(`${name} declares no permission.`);
    const known = methods.get(entry.path) ?? [];
    if (known.includes(entry.method.toUpperCase())) throw new TypeError(`${name} is declared twice.`);
    methods.set(entry.path, [...known, entry.method.toUpperCase()]);
    router[entry.method](
      entry.path,
      check(entry.permission, authorize),
      ...(entry.body === undefined ? [] : [readBytes()]),
      handle(entry),
    );
  }
  for (const [path, allowed] of methods) {
    router.all(path, (_request, response) => {
      response.set('Allow', allowed.join(', '));
      throw new ProblemError(405, 'method-not-allowed', `This address knows ${allowed.join(', ')}.`);
    });
  }
  return router;
}

function check(permission: Permission, authorize: Authorize): RequestHandler {
  return (request, _response, next) => {
    if (!authorize(permission, request)) throw new ProblemError(403, 'forbidden', 'This is not allowed.');
    next();
  };
}

function handle(entry: Route): RequestHandler {
  return async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const wanted = entry.body === 'sdp' ? 'application/sdp' : 'application/json';
    const raw: unknown =
      entry.body === undefined
        ? undefined
        : decodeBody(wanted, request.headers['content-type'], request.body);
    if (entry.body === 'sdp' && request.accepts('application/sdp') === false) {
      throw new ProblemError(406, 'not-acceptable', 'The answer is application/sdp.');
    }
    const reply = await entry.handle({
      params: parse(entry.params, request.params),
      query: parse(entry.query, request.query),
      body: entry.body === 'sdp' ? raw : parse(entry.body, raw),
    });
    send(response, reply);
  };
}

function parse(schema: Route['query'], value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

function send(response: Response, { status, headers, json, sdp }: Reply): void {
  response.status(status).set(headers ?? {});
  if (sdp !== undefined) response.type('application/sdp').send(sdp);
  else if (json !== undefined) response.json(json);
  else response.end();
}
