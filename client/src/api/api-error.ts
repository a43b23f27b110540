import type { Problem } from '../../../server/http/api.js';

/** The server answered with an error, or could not be reached (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** Stable code of the problem document; `unreachable` or `http-error` where there was none. */
  readonly code: string;
  /** Rules broken by single fields, by JSON pointer. */
  readonly fields: NonNullable<Problem['errors']>;

  constructor(
    message: string,
    status: number,
    code: string,
    fields: NonNullable<Problem['errors']> = [],
    cause?: unknown,
  ) {
    super(message, { cause });
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/** The error that an answer with a failing status stands for (RFC 9457 where the server sent a problem document). */
export async function errorOfResponse(response: Response): Promise<ApiError> {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) {
    const problem = (await response.json()) as Problem;
    return new ApiError(problem.detail || problem.title, response.status, problem.code, problem.errors ?? []);
  }
  // A page that a proxy makes of its error is nothing to be quoted in a line.
  const text = type.startsWith('text/html') ? '' : (await response.text()).trim();
  return new ApiError(text.slice(0, 200) || `HTTP ${response.status}`, response.status, 'http-error');
}

/** One line for people about anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
