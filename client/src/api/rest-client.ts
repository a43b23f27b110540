import { ApiError, errorOfResponse } from './api-error.js';

/** Sends requests to the server this page came from. Every method rejects with `ApiError`. */
export class RestClient {
  readonly #fetch: typeof fetch;

  /** @param fetcher `fetch` of the page, or a stand-in in tests */
  constructor(fetcher: typeof fetch) {
    this.#fetch = fetcher;
  }

  /** Sends a request whose answer is JSON. */
  async json<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.send(method, path, body);
    try {
      return (await response.json()) as T;
    } catch (error) {
      throw new ApiError(
        'The answer is no JSON; is this the right server?',
        response.status,
        'not-json',
        [],
        error,
      );
    }
  }

  /** Sends a request, and fails where the answer is an error. */
  async send(method: string, path: string, body?: object): Promise<Response> {
    const response = await this.#fetch(path, {
      method,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new ApiError('The server cannot be reached.', 0, 'unreachable', [], error);
    });
    if (!response.ok) throw await errorOfResponse(response);
    return response;
  }
}
