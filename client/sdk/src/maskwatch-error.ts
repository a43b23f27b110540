import type { Problem } from './contract/api.js';

/** What the server, or the way to it, refused. */
export class MaskwatchError extends Error {
  override readonly name = 'MaskwatchError';

  /**
   * @param code stable, for programs: `camera-not-found`, `sign-in-needed`, `unreachable` …
   * @param status of HTTP; 0 where no answer came
   * @param problem the whole problem document (RFC 9457), where the server sent one
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    readonly problem?: Problem,
  ) {
    super(message);
  }
}

/** The error that an answer means. */
export async function errorOfAnswer(response: Response): Promise<MaskwatchError> {
  const { status } = response;
  try {
    const problem = (await response.json()) as Problem;
    return new MaskwatchError(problem.code, problem.detail, status, problem);
  } catch {
    // Not from Maskwatch: a proxy in between has answered.
    return new MaskwatchError('unexpected-answer', `The server answered ${status}.`, status);
  }
}
