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
}

/** What a handler gets: input that keeps its schemas. */
export interface RouteInput<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Who asks. A handler that answers about several cameras leaves out those the caller does not see. */
  readonly caller: Caller;
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
  /** Express path, for example `/api/cameras/:id`. */
  readonly path: string;
  /** What the caller must be allowed to do. */
  readonly permission: Permission;
  /**
   * Which field of the address names a camera. For a caller who does not see that camera the answer is that of a camera that
   * does not exist.
   */
  readonly camera?: { readonly in: 'params' | 'query'; readonly field: string };
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
