import { authorization, bestChallenge, type Challenge } from './authorization.js';
import type { Credentials } from './credentials.js';

/** How often one request is sent: a camera that finds every answer stale would be asked for ever. */
export const mostTries = 3;

/** Keeps what a camera asked for, and answers it; one for each connection or route. */
export class Authenticator {
  readonly #credentials: Credentials | undefined;
  #challenge: Challenge | undefined;
  #count = 0;

  constructor(credentials: Credentials | undefined) {
    this.#credentials = credentials;
  }

  /** The header for a request; absent until the camera has asked for one. */
  header(method: string, uri: string): string | undefined {
    if (this.#challenge === undefined || this.#credentials === undefined) return undefined;
    this.#count += 1;
    return authorization(this.#challenge, this.#credentials, method, uri, this.#count);
  }

  /**
   * Takes the camera's refusal.
   *
   * @param headers values of `WWW-Authenticate`
   * @param tried whether the refused request had carried credentials
   * @returns whether the request is worth another try
   */
  challenge(headers: readonly string[], tried: boolean): boolean {
    const challenge = bestChallenge(headers);
    if (challenge === undefined || this.#credentials === undefined) return false;
    const isNew = challenge.fields.nonce !== this.#challenge?.fields.nonce;
    this.#challenge = challenge;
    if (isNew) this.#count = 0;
    return !tried || (challenge.fields.stale?.toLowerCase() === 'true' && isNew);
  }
}
