import type { Secret } from '../secret/secret.js';

/** Who we are to a camera. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** What is needed to ask a camera: its whole address without user and password, and these apart. */
export interface RevealedAddress {
  readonly url: URL;
  readonly credentials?: Credentials;
}

/**
 * Puts an address together for the wire.
 *
 * @param url the address that may be shown
 * @param access the whole one, where it carries credentials
 */
export function revealAddress(url: string, access: Secret | undefined): RevealedAddress {
  const whole = new URL(access?.reveal() ?? url);
  const { username, password } = whole;
  whole.username = '';
  whole.password = '';
  whole.hash = '';
  if (username === '' && password === '') return { url: whole };
  return {
    url: whole,
    credentials: { user: decodeURIComponent(username), password: decodeURIComponent(password) },
  };
}
