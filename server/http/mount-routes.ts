import { type IRouter, type Request, type RequestHandler, type Response, Router } from 'express';
import { type Caller, permissions, sees } from '../access/caller.js';
import { cameraNotFound } from './camera-not-found.js';
import { invalidInput, ProblemError } from './problem-error.js';
import { decodeBody, readBytes } from './read-body.js';
import type { RecordRequest } from './record-request.js';
import type { Reply, Route } from './route.js';

/** Says who makes a request; `anonymous` where nothing proves anything. */
export type Identify = (request: Request) => Caller | Promise<Caller>;

/**
 * Puts a route table on a router. Deny by default: a route whose permission is not declared does not start, and a known
 * path with another method answers 405.
 *
 * @param record told of every request that passed the checks and is to be audited, when it was answered
 * @throws TypeError for a route without a known permission, or two routes for the same thing
 */
export function mountRoutes(
  routes: readonly Route[],
  identify: Identify,
  record: RecordRequest = () => undefined,
): IRouter {
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
      check(entry, identify, record),
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

/** What the checks before a handler leave for it, and what it leaves for the audit log. */
interface Locals {
  caller: Caller;
  subject?: string;
}

/** Runs before the body is read: nobody sends a body to a route that is closed to them. */
function check(entry: Route, identify: Identify, record: RecordRequest): RequestHandler {
  const { permission, camera } = entry;
  const audited = entry.audit ?? entry.method !== 'get';
  return async (request, response, next) => {
    const caller = await identify(request);
    const locals = response.locals as Locals;
    locals.caller = caller;
    // What an unknown caller is refused is not recorded: the log is for people, and anyone could fill it.
    if (audited && (permission === 'public' || caller.kind !== 'anonymous')) {
      const { params } = request;
      response.once('finish', () => {
        record({ caller, entry, request, params, status: response.statusCode, subject: locals.subject });
      });
    }
    if (!caller.may.has(permission)) {
      if (caller.kind === 'anonymous') throw new ProblemError(401, 'sign-in-needed', 'Sign in first.');
      throw new ProblemError(403, 'forbidden', 'Your account may not do this.');
    }
    if (entry.method !== 'get') refuseUnprovenPage(caller, request);
    if (camera !== undefined) {
      const id: unknown = request[camera.in][camera.field];
      if (typeof id === 'string' && !sees(caller, id)) cameraNotFound();
    }
    next();
  };
}

/**
 * A browser sends its cookie along whoever wrote the page, but it also says where a request that changes something comes
 * from. The request guard has compared what it said; here it must have said something.
 */
function refuseUnprovenPage(caller: Caller, { headers }: Request): void {
  if (caller.grounds.session === undefined) return;
  if (headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin') return;
  throw new ProblemError(
    403,
    'foreign-request',
    'A request with a session cookie must say its Origin; programs use an API token.',
  );
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
    const locals = response.locals as Locals;
    const reply = await entry.handle({
      params: parse(entry.params, request.params),
      query: parse(entry.query, request.query),
      body: entry.body === 'sdp' ? raw : parse(entry.body, raw),
      caller: locals.caller,
      request,
    });
    if (reply.subject !== undefined) locals.subject = reply.subject;
    send(response, reply);
  };
}

function parse(schema: Route['query'], value: unknown): unknown {
  if (schema === undefined) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

function send(response: Response, { status, headers, json, sdp, text, bytes }: Reply): void {
  response.status(status).set(headers ?? {});
  if (sdp !== undefined) response.type('application/sdp').send(sdp);
  else if (text !== undefined) response.type(text.type).send(text.content);
  else if (bytes !== undefined) response.type(bytes.type).send(bytes.content);
  else if (json !== undefined) response.json(json);
  else response.end();
}
