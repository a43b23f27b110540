import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import type { Problem } from './api.js';

/** An answer that is an error, thrown by handlers and turned into a problem document (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  /**
   * @param status 400..599
   * @param code stable, for programs
   * @param detail one sentence for people; may reach anyone, so no internals and no secrets
   * @param retryAfterSeconds sent as `Retry-After`
   */
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors?: Problem['errors'],
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
  }

  /** The document that is sent. */
  toProblem(): Problem {
    return {
      type: `urn:maskwatch:problem:${this.code}`,
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
    };
  }
}

/** Bad fields named in one answer; a hostile body could have thousands. */
const mostErrors = 20;
/** Characters of a message that are sent: messages may quote what was sent. */
const mostCharacters = 200;

/** The problem of input that breaks its schema: each bad field with the rule it breaks. */
export function invalidInput(error: z.ZodError): ProblemError {
  const errors = error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...issue.path, key], rule: 'is not a known field' }))
        : [{ path: issue.path, rule: issue.message }],
    )
    .slice(0, mostErrors)
    .map(({ path, rule }) => ({ pointer: toPointer(path), detail: rule.slice(0, mostCharacters) }));
  const [first] = errors;
  const detail =
    first === undefined ? 'The request is not valid.' : `${first.pointer || 'The body'}: ${first.detail}`;
  return new ProblemError(400, 'invalid-field', detail, errors);
}

/** A JSON pointer (RFC 6901). */
function toPointer(path: readonly PropertyKey[]): string {
  return path
    .map((key) => `/${String(key).slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
