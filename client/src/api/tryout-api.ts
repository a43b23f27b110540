import type { ReplayRunInput, ReplayView, TriedPictureView } from '../../../server/http/tryout-api.js';
import type { RestClient } from './rest-client.js';
import { uploadFile, type UploadWatch } from './upload-file.js';

/** Pictures and clips that are tried out; the server keeps no picture, and a clip for an hour. Every method rejects with `ApiError`. */
export class TryoutApi {
  readonly #rest: RestClient;

  constructor(rest: RestClient) {
    this.#rest = rest;
  }

  /** What the models make of a picture; its media type is the blob's. */
  picture(picture: Blob): Promise<TriedPictureView> {
    return this.#rest.upload('/api/try/picture', picture);
  }

  /** What the models make of a picture of the web, which the server fetches. */
  pictureAt(url: string): Promise<TriedPictureView> {
    return this.#rest.json('POST', '/api/try/url', { url });
  }

  /** Hands a clip to the server; rejects with DOMException `AbortError` when the upload is ended. */
  async addClip(clip: Blob, type: string, watch: UploadWatch): Promise<ReplayView> {
    const upload = { path: '/api/replays', body: clip, type, words: this.#rest.words() };
    return (await uploadFile(upload, watch)) as ReplayView;
  }

  replay(replayId: string): Promise<ReplayView> {
    return this.#rest.json('GET', replayPath(replayId));
  }

  /** Begins a run; what comes of it stands in the replay later. */
  run(replayId: string, input: ReplayRunInput): Promise<ReplayView> {
    return this.#rest.json('POST', `${replayPath(replayId)}/runs`, input);
  }

  /** Address of the first picture of a clip. */
  pictureOf(replayId: string): string {
    return `${replayPath(replayId)}/picture`;
  }

  async removeReplay(replayId: string): Promise<void> {
    await this.#rest.send('DELETE', replayPath(replayId));
  }
}

function replayPath(replayId: string): string {
  return `/api/replays/${encodeURIComponent(replayId)}`;
}
