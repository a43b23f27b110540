import type { Request } from 'express';
import type { Caller } from '../access/caller.js';
import type { Route } from './route.js';

/** One answered request, for the audit log. */
export interface AnsweredRequest {
  readonly caller: Caller;
  readonly entry: Pick<Route, 'method' | 'path' | 'camera'>;
  readonly request: Request;
  /** The fields of its path; express takes them off the request again when a check refuses it. */
  readonly params: Readonly<Record<string, unknown>>;
  /** HTTP status of the answer. */
  readonly status: number;
  /** What the handler says was made or changed. */
  readonly subject: string | undefined;
}

/** Takes note of an answered request. */
export type RecordRequest = (answered: AnsweredRequest) => void;
