import { ApiError } from './api-error.js';
import type { Problem } from '../../../server/http/api.js';
import type { ApiWords } from './rest-client.js';

/** How an upload is watched and ended. */
export interface UploadWatch {
  /** Called with the share that has been sent, 0..1. */
  readonly onProgress: (share: number) => void;
  /** Ends the upload. */
  readonly signal: AbortSignal;
}

/** An upload: where to, what, and the words for what goes wrong. */
export interface Upload {
  readonly path: string;
  readonly body: Blob;
  /** Media type of the body. */
  readonly type: string;
  readonly words: ApiWords;
}

/**
 * Sends a large file as it is and tells how far it is; `fetch` cannot tell that, so this is an XMLHttpRequest.
 *
 * @returns what the server answered, read as JSON
 * @throws ApiError when the server refuses or is out of reach, DOMException `AbortError` when `signal` fires
 */
export function uploadFile({ path, body, type, words }: Upload, watch: UploadWatch): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    watch.signal.addEventListener('abort', abort, { once: true });
    const end = (settle: () => void): void => {
      watch.signal.removeEventListener('abort', abort);
      settle();
    };
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      watch.onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('load', () =>
      end(() => {
        try {
          resolve(readAnswer(request));
        } catch (error) {
          reject(error instanceof Error ? error : new TypeError('not an error'));
        }
      }),
    );
    request.addEventListener('error', () =>
      end(() => reject(new ApiError(words.unreachable, 0, 'unreachable'))),
    );
    request.addEventListener('abort', () => end(() => reject(new DOMException('aborted', 'AbortError'))));
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', type);
    request.send(body);
  });
}

function readAnswer(request: XMLHttpRequest): unknown {
  const { status, responseText } = request;
  if (status >= 200 && status < 300) return JSON.parse(responseText) as unknown;
  const type = request.getResponseHeader('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) {
    // As of other answers, a proxy's page is not quoted.
    const text = type.startsWith('text/html') ? '' : responseText.trim();
    throw new ApiError(text.slice(0, 200) || `HTTP ${status}`, status, 'http-error');
  }
  const problem = JSON.parse(responseText) as Problem;
  throw new ApiError(problem.detail || problem.title, status, problem.code, problem.errors ?? []);
}
