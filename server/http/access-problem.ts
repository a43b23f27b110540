import { AccessError, type AccessErrorCode } from '../access/access-error.js';
import { ProblemError } from './problem-error.js';
import type { Route } from './route.js';

const statusOf: Readonly<Record<AccessErrorCode, number>> = {
  'wrong-credentials': 401,
  'too-many-tries': 429,
  busy: 429,
  'weak-password': 400,
  'invalid-name': 400,
  'name-taken': 409,
  'last-admin': 409,
  'first-must-be-admin': 409,
  'admin-sees-all': 409,
  'user-not-found': 404,
  'session-not-found': 404,
  'token-not-found': 404,
  'token-too-wide': 403,
  'link-not-found': 404,
  'link-gone': 410,
  'setup-done': 410,
};

/** Fields that a refusal is about, so that a form can show it in its place. */
const pointerOf: Readonly<Partial<Record<AccessErrorCode, string>>> = {
  'weak-password': '/password',
  'invalid-name': '/name',
  'name-taken': '/name',
};

/** The problem that a refusal of access means. */
export function accessProblem({ code, message, retryAfterSeconds }: AccessError): ProblemError {
  const pointer = pointerOf[code];
  const errors = pointer === undefined ? undefined : [{ pointer, detail: message }];
  return new ProblemError(statusOf[code], code, message, errors, retryAfterSeconds);
}

/** The routes with refusals of access turned into problems. */
export function withAccessProblems(routes: readonly Route[]): Route[] {
  return routes.map((entry) => ({
    ...entry,
    handle: async (input) => {
      try {
        return await entry.handle(input);
      } catch (error) {
        throw error instanceof AccessError ? accessProblem(error) : error;
      }
    },
  }));
}
