import { en, type Strings } from '../strings/en.js';
import { ApiError, errorOfResponse } from './api-error.js';

/** What is said of answers that the server itself says nothing of. */
export type ApiWords = Pick<Strings['notice'], 'unreachable' | 'notJson'>;

/** Sends requests to the server this page came from. Every method rejects with `ApiError`. */
export class RestClient {
  readonly #fetch: typeof fetch;
  /** In the language that is spoken now. */
  readonly words: () => ApiWords;

  /** @param fetcher `fetch` of the page, or a stand-in in tests */
  constructor(fetcher: typeof fetch, words: () => ApiWords = () => en.notice) {
    this.#fetch = fetcher;
    this.words = words;
  }

  /** Sends a request whose answer is JSON. */
  async json<T>(method: string, path: string, body?: object): Promise<T> {
    return readJson(await this.send(method, path, body), this.words());
  }

  /** Posts bytes as they are, under the blob's own media type; the answer is JSON. */
  async upload<T>(path: string, body: Blob): Promise<T> {
    const type = body.type || 'application/octet-stream';
    return readJson(
      await this.#answered(path, { method: 'POST', headers: headersFor(type), body }),
      this.words(),
    );
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
      throw new ApiError(this.words().unreachable, 0, 'unreachable', [], error);
    });
    if (!response.ok) throw await errorOfResponse(response);
    return response;
  }
}

function headersFor(type: string | undefined): Record<string, string> {
  return { accept: 'application/json', ...(type !== undefined && { 'content-type': type }) };
}

async function readJson<T>(response: Response, words: ApiWords): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw new ApiError(words.notJson, response.status, 'not-json', [], error);
  }
}
