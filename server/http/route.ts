import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Caller, Permission } from '../access/caller.js';

/** What a handler answers. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as `application/sdp`. */
  readonly sdp?: string;
  /** Sent as another kind of text; `type` is its media type. */
  readonly text?: { readonly type: string; readonly content: string };
  /** Sent as they are; `type` is their media type. */
  readonly bytes?: { readonly type: string; readonly content: Buffer };
  /** What was made or changed, for the audit log, where the address does not say it; never a secret. */
  readonly subject?: string;
}

/** What a good answer of a route looks like: for the documents of the API, and for the tests that hold routes to them. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  /** The schema of JSON, or the media type of text; absent where the answer has no body. */
  readonly body?: z.ZodType | `${string}/${string}`;
}

/** What a handler gets: input that keeps its schemas. */
export interface RouteInput<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Who asks. A handler that answers about several cameras leaves out those the caller does not see. */
  readonly caller: Caller;
  /** The request itself, for the few handlers that need cookies or where it came from. */
  readonly request: IncomingMessage;
}

/** The shape of a route's input. */
interface RouteSchemas<Params, Query, Body> {
  readonly params?: z.ZodType<Params>;
  readonly query?: z.ZodType<Query>;
  /** A schema for JSON, or `sdp` for a session description as text. */
  readonly body?: z.ZodType<Body> | 'sdp';
}

/** One entry of the route table. */
export interface Route extends RouteSchemas<unknown, unknown, unknown> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Media types of bytes that the handler reads itself from the request, and how many it takes; instead of `body`. */
  readonly upload?: { readonly types: readonly string[]; readonly maxBytes: number };
  /** Express path, for example `/api/cameras/:id`. */
  readonly path: string;
  /** What it does, in one line without a full stop. */
  readonly summary: string;
  readonly answer: Answer;
  /** What the caller must be allowed to do. */
  readonly permission: Permission;
  /**
   * Which field of the address names a camera. For a caller who does not see that camera the answer is that of a camera that
   * does not exist.
   */
  readonly camera?: { readonly in: 'params' | 'query'; readonly field: string };
  /**
   * Whether the audit log gets an entry. Absent: every method but GET does. True: a GET that shows or hands out something
   * worth recording, such as an export. False: the handler records by itself.
   */
  readonly audit?: boolean;
  handle(input: RouteInput<unknown, unknown, unknown>): Reply | Promise<Reply>;
}

/** Declares a route; its handler is typed by its schemas. */
export function route<Params = undefined, Query = undefined, Body = undefined>(
  entry: Omit<Route, 'handle' | 'params' | 'query' | 'body'> &
    RouteSchemas<Params, Query, Body> & {
      handle(input: RouteInput<Params, Query, Body>): Reply | Promise<Reply>;
    },
): Route {
  return {
    ...entry,
    handle: (input) => entry.handle(input as RouteInput<Params, Query, Body>),
  };
}

/** A 200 with JSON. */
export function ok(json: unknown): Reply {
  return { status: 200, json };
}
