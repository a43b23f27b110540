import type {
  CameraInput,
  CameraList,
  CountsHistory,
  CountsNow,
  Health,
  ModelList,
  ProbeResult,
  VisitPage,
} from './contract/api.js';
import type { CameraView, CountsEvent, Visit } from './contract/events.js';
import { errorOfAnswer, MaskwatchError } from './maskwatch-error.js';

/** Which minutes, hours or days to read; times in epoch milliseconds. */
export interface HistoryQuery {
  readonly camera?: string;
  readonly from?: number;
  readonly to?: number;
  readonly bucket?: CountsHistory['bucket'];
}

/** Which visits to read; times in epoch milliseconds. */
export interface VisitQuery {
  readonly camera?: string;
  readonly from?: number;
  readonly to?: number;
  /** Visits in one page, 1..500. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** What goes into an address. */
export type Query = Readonly<Record<string, string | number | undefined>>;

/** The REST interface. Every method rejects with `MaskwatchError`. */
export class RestClient {
  readonly #base: URL;
  readonly #token: string | undefined;
  readonly #fetch: typeof fetch;

  constructor(base: URL, token: string | undefined, fetcher: typeof fetch) {
    this.#base = base;
    this.#token = token;
    this.#fetch = fetcher;
  }

  /** How the server is. */
  health(): Promise<Health> {
    return this.request('GET', '/api/health');
  }

  /** All cameras that you may see. */
  async cameras(): Promise<readonly CameraView[]> {
    return (await this.request<CameraList>('GET', '/api/cameras')).cameras;
  }

  camera(id: string): Promise<CameraView> {
    return this.request('GET', `/api/cameras/${encodeURIComponent(id)}`);
  }

  addCamera(input: CameraInput): Promise<CameraView> {
    return this.request('POST', '/api/cameras', { body: input });
  }

  /** Changes the fields that are given. */
  changeCamera(id: string, change: Partial<Omit<CameraInput, 'id'>>): Promise<CameraView> {
    return this.request('PATCH', `/api/cameras/${encodeURIComponent(id)}`, { body: change });
  }

  async removeCamera(id: string): Promise<void> {
    await this.request('DELETE', `/api/cameras/${encodeURIComponent(id)}`);
  }

  /** Looks at an address before it is saved. */
  probe(url: string, transport?: 'tcp' | 'udp'): Promise<ProbeResult> {
    const body = transport === undefined ? { url } : { url, transport };
    return this.request('POST', '/api/cameras/probe', { body });
  }

  /** The newest counts of each camera, and the cursor at which they were true. */
  countsNow(): Promise<CountsNow> {
    return this.request('GET', '/api/counts/now');
  }

  /** The newest counts of one camera; undefined where it is not known. */
  async countsOf(cameraId: string): Promise<CountsEvent | undefined> {
    return (await this.countsNow()).cameras.find((counts) => counts.cameraId === cameraId);
  }

  /** People over time. */
  countsHistory(query: HistoryQuery = {}): Promise<CountsHistory> {
    return this.request('GET', '/api/counts', { query: { ...query } });
  }

  /** One page of visits, the newest first. */
  visits(query: VisitQuery = {}): Promise<VisitPage> {
    return this.request('GET', '/api/visits', { query: { ...query } });
  }

  /** All visits, the newest first, page by page as they are asked for. */
  async *eachVisit(query: Omit<VisitQuery, 'after'> = {}): AsyncGenerator<Visit, void, undefined> {
    let after: string | undefined;
    do {
      const page: VisitPage = await this.visits(after === undefined ? query : { ...query, after });
      yield* page.visits;
      after = page.next;
    } while (after !== undefined);
  }

  /** The mask classifiers, and which one runs. */
  models(): Promise<ModelList> {
    return this.request('GET', '/api/models');
  }

  /** Classifies with another one from now on. */
  useModel(name: string): Promise<ModelList> {
    return this.request('PUT', '/api/models/active', { body: { name } });
  }

  /**
   * Any other request of `/api/reference`.
   *
   * @typeParam T what the reference says that it answers; undefined for an answer without a body
   */
  async request<T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    { query = {}, body }: { readonly query?: Query; readonly body?: unknown } = {},
  ): Promise<T> {
    const address = new URL(`.${path}`, this.#base);
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(key, String(value));
    }
    const headers = new Headers({ accept: 'application/json, application/problem+json' });
    if (this.#token !== undefined) headers.set('authorization', `Bearer ${this.#token}`);
    if (body !== undefined) headers.set('content-type', 'application/json');
    let response: Response;
    try {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      response = await this.#fetch(address, { method, headers, redirect: 'error', ...sent });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new MaskwatchError('unreachable', `The server could not be asked: ${reason}`, 0);
    }
    if (!response.ok) throw await errorOfAnswer(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
}
