import type { ModelList } from '../../http/api.js';
import type { AskServer } from '../ask-server.js';
import type { ModelControl } from './model-control.js';

/** The models of a server that runs, through its API. Every method rejects with `ServerRefusal`. */
export class RunningServer implements ModelControl {
  readonly #ask: AskServer;

  /** @param server where it is, for people */
  constructor(
    readonly server: string,
    ask: AskServer,
  ) {
    this.#ask = ask;
  }

  list(): Promise<ModelList> {
    return this.#models('GET', '/api/models');
  }

  use(name: string): Promise<ModelList> {
    return this.#models('PUT', '/api/models/active', { name });
  }

  rollBack(): Promise<ModelList> {
    return this.#models('POST', '/api/models/rollback');
  }

  /** Holds nothing. */
  close(): void {
    return undefined;
  }

  async #models(method: string, path: string, body?: object): Promise<ModelList> {
    return (await this.#ask(method, path, body)) as ModelList;
  }
}
