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
    return readJson(await this.send(method, path, body));
  }

  /** Posts bytes as they are, under the blob's own media type; the answer is JSON. */
  async upload<T>(path: string, body: Blob): Promise<T> {
    const type = body.type || 'application/octet-stream';
    return readJson(await this.#answered(path, { method: 'POST', headers: headersFor(type), body }));
  }

  /** Sends a request, and fails where the answer is an error. */
  send(method: string, path: string, body?: object): Promise<Response> {
    return this.#answered(path, {
      method,
      headers: headersFor(body && 'application/json'),
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async #answered(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetch(path, init).catch((error: unknown) => {
      throw new ApiError('The server cannot be reached.', 0, 'unreachable', [], error);
    });
    if (!response.ok) throw await errorOfResponse(response);
    return response;
  }
}

function headersFor(type: string | undefined): Record<string, string> {
  return { accept: 'application/json', ...(type !== undefined && { 'content-type': type }) };
}

async function readJson<T>(response: Response): Promise<T> {
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
