import { z } from 'zod';
import type { ModelList } from '../../http/api.js';
import type { ModelControl } from './model-control.js';

const problemSchema = z.object({ code: z.string(), detail: z.string() });

/** A running server refused, or could not be asked (`unreachable`). */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';

  /** @param code of the server's problem document, or `unreachable` */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The models of a server that runs, through its API. Every method rejects with `ServerRefusal`. */
export class RunningServer implements ModelControl {
  readonly server: string;

  /** @param server its address, for example `http://127.0.0.1:8080` */
  constructor(server: string) {
    this.server = server.replace(/\/+$/, '');
  }

  list(): Promise<ModelList> {
    return this.#ask('GET', '/api/models');
  }

  use(name: string): Promise<ModelList> {
    return this.#ask('PUT', '/api/models/active', { name });
  }

  rollBack(): Promise<ModelList> {
    return this.#ask('POST', '/api/models/rollback');
  }

  /** Holds nothing. */
  close(): void {
    return undefined;
  }

  async #ask(method: string, path: string, body?: object): Promise<ModelList> {
    let response: Response;
    try {
      response = await fetch(this.server + path, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new ServerRefusal(
        'unreachable',
        `A server uses the data folder, but none answers at ${this.server}; say where it is with --server.`,
        { cause },
      );
    }
    if (response.ok) return (await response.json()) as ModelList;
    const problem = problemSchema.safeParse(await response.json().catch(() => undefined));
    throw new ServerRefusal(
      problem.success ? problem.data.code : 'http-error',
      problem.success ? problem.data.detail : `${this.server} answered ${response.status}`,
    );
  }
}
