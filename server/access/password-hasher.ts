import { hash, verify } from '@node-rs/argon2';
import { AccessError } from './access-error.js';

/** Hashes at once; each takes 19 MiB and some 30 ms of a core. */
const atOnce = 2;
/** Hashes that may wait for their turn. */
const mostWaiting = 32;

/** The work itself: argon2id on threads of its own. */
export interface Argon2 {
  hash(password: string): Promise<string>;
  verify(kept: string, password: string): Promise<boolean>;
}

/** Hashes and checks passwords: argon2id with 19 MiB and 2 passes, on threads beside the event loop. */
export class PasswordHasher {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #argon2: Argon2;
  /** What the password of an unknown account is compared with, so that it takes as long as that of a known one. */
  readonly #decoy: Promise<string>;

  constructor(argon2: Argon2 = { hash, verify }) {
    this.#argon2 = argon2;
    this.#decoy = argon2.hash('nobody has this password');
  }

  /** @throws AccessError `busy` */
  hash(password: string): Promise<string> {
    return this.#inTurn(() => this.#argon2.hash(password.normalize('NFKC')));
  }

  /**
   * @param kept of the account; undefined when there is no such account, and then the answer is false after as long a time
   * @throws AccessError `busy`
   */
  async verify(kept: string | undefined, password: string): Promise<boolean> {
    const against = kept ?? (await this.#decoy);
    const right = await this.#inTurn(() => this.#argon2.verify(against, password.normalize('NFKC')));
    return right && kept !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= atOnce) {
      if (this.#waiting.length >= mostWaiting) {
        throw new AccessError('busy', 'Too many are signing in at this moment. Try again.', 2);
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running++;
    }
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody can slip in between.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }
}
