import { type IRouter, type Request, type RequestHandler, type Response, Router } from 'express';
import { type Caller, permissions, sees } from '../access/caller.js';
import { cameraNotFound } from './camera-not-found.js';
import { invalidInput, ProblemError } from './problem-error.js';
import { decodeBody, readBytes } from './read-body.js';
import type { Reply, Route } from './route.js';

/** Says who makes a request; `anonymous` where nothing proves anything. */
export type Identify = (request: Request) => Caller | Promise<Caller>;

/**
 * Puts a route table on a router. Deny by default: a route whose permission is not declared does not start, and a known
 * path with another method answers 405.
 *
 * @throws TypeError for a route without a known permission, or two routes for the same thing
 */
export function mountRoutes(routes: readonly Route[], identify: Identify): IRouter {
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
      check(entry, identify),
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

/** What the checks before a handler leave for it. */
interface Locals {
  caller: Caller;
}

/** Runs before the body is read: nobody sends a body to a route that is closed to them. */
function check({ permission, camera }: Route, identify: Identify): RequestHandler {
  return async (request, response, next) => {
    const caller = await identify(request);
    if (!caller.may.has(permission)) {
      if (caller.kind === 'anonymous') throw new ProblemError(401, 'sign-in-needed', 'Sign in first.');
      throw new ProblemError(403, 'forbidden', 'Your account may not do this.');
    }
    if (camera !== undefined) {
      const id: unknown = request[camera.in][camera.field];
      if (typeof id === 'string' && !sees(caller, id)) cameraNotFound();
    }
    (response.locals as Locals).caller = caller;
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
      caller: (response.locals as Locals).caller,
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
