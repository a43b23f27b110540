import type { ConfigView } from '../../../server/http/config-api.js';
import type { JsonSchema } from '../state/setting-control.js';
import type { RestClient } from './rest-client.js';

/** The server's configuration. Every method rejects with `ApiError`. */
export class ConfigApi {
  readonly #rest: RestClient;

  constructor(rest: RestClient) {
    this.#rest = rest;
  }

  read(): Promise<ConfigView> {
    return this.#rest.json('GET', '/api/config');
  }

  /** @param patch a merge patch (RFC 7396): null takes a key out of the file */
  change(patch: object): Promise<ConfigView> {
    return this.#rest.json('PATCH', '/api/config', patch);
  }

  /** What each key may hold, as JSON Schema. */
  schema(): Promise<JsonSchema> {
    return this.#rest.json('GET', '/api/config/schema.json');
  }
}
