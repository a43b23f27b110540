import type { z } from 'zod';

/** Who may use a route. Until there are accounts, everyone who passes the request guard is `local`. */
export const permissions = ['local'] as const;
/** What a request must be allowed to do; every route names one. */
export type Permission = (typeof permissions)[number];

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
  readonly permission: Permission;
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
