import { ApiError } from './api-error.js';
import type { Problem } from '../../../server/http/api.js';

/** How an upload is watched and ended. */
export interface UploadWatch {
  /** Called with the share that has been sent, 0..1. */
  readonly onProgress: (share: number) => void;
  /** Ends the upload. */
  readonly signal: AbortSignal;
}

/**
 * Sends a large file as it is and tells how far it is; `fetch` cannot tell that, so this is an XMLHttpRequest.
 *
 * @param type media type of the body
 * @returns what the server answered, read as JSON
 * @throws ApiError when the server refuses or is out of reach, DOMException `AbortError` when `signal` fires
 */
export function uploadFile(path: string, body: Blob, type: string, watch: UploadWatch): Promise<unknown> {
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
      end(() => reject(new ApiError('The server cannot be reached.', 0, 'unreachable'))),
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
    throw new ApiError(responseText.trim().slice(0, 200) || `HTTP ${status}`, status, 'http-error');
  }
  const problem = JSON.parse(responseText) as Problem;
  throw new ApiError(problem.detail || problem.title, status, problem.code, problem.errors ?? []);
}
