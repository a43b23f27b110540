import { AccessError } from './access-error.js';
import type { LinkStore, OneTimeLink } from './link-store.js';
import type { Revocations } from './revocations.js';
import { hashSecret, newId, newSecret } from './secret.js';
import type { Session } from './session-store.js';
import type { Sessions } from './sessions.js';
import type { Visitor } from './visitor.js';

/** How long the link that makes the first account works, in milliseconds. */
export const setupLinkMs = 15 * 60_000;
/** Publish links that may wait to be used at once. */
const mostPublishLinks = 200;

/** What the desk works with. */
export interface LinksParts {
  readonly store: LinkStore;
  readonly sessions: Sessions;
  readonly revocations: Revocations;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Links that work once. Opening one changes nothing, so a chat program's preview does not use it up; only the page behind
 * it does, by sending what stands after the `#`, which no server log ever sees.
 */
export class Links {
  readonly #parts: LinksParts;

  constructor(parts: LinksParts) {
    this.#parts = parts;
  }

  /** Makes the link for the first account; an earlier one works no longer. @returns its secret */
  makeSetup(): string {
    const { store, now } = this.#parts;
    for (const { id } of store.list('setup')) store.remove(id);
    const at = now();
    return this.#add({ kind: 'setup', createdBy: 'command line', createdAt: at, expiresAt: at + setupLinkMs })
      .secret;
  }

  /**
   * Uses the link for the first account up.
   *
   * @throws AccessError `link-gone` when it is unknown, used or expired
   */
  useSetup(secret: string): void {
    this.#use(secret, 'setup');
  }

  /** Whether a secret is that of a set-up link that still works; does not use it up. */
  isSetup(secret: string): boolean {
    const link = this.#parts.store.byHash(hashSecret(secret));
    return link?.kind === 'setup' && link.usedAt === undefined && link.expiresAt > this.#parts.now();
  }

  /**
   * Makes a link that lets one browser publish one webcam camera.
   *
   * @param expiresAt epoch milliseconds: the link, and what it lets do, ends then
   */
  makePublish(cameraId: string, createdBy: string, expiresAt: number): { link: OneTimeLink; secret: string } {
    const { store, now } = this.#parts;
    if (store.list('publish').length >= mostPublishLinks) {
      throw new AccessError(
        'busy',
        `There are ${mostPublishLinks} publish links already; remove some first.`,
      );
    }
    return this.#add({ kind: 'publish', cameraId, createdBy, createdAt: now(), expiresAt });
  }

  /**
   * Uses a publish link up: from then on the browser that redeemed it may publish until the link expires.
   *
   * @throws AccessError `link-gone` when it is unknown, used or expired
   */
  redeem(secret: string, visitor: Visitor): { link: OneTimeLink; secret: string; session: Session } {
    const link = this.#use(secret, 'publish');
    return { link, ...this.#parts.sessions.open({ link: link.id }, visitor, link.expiresAt) };
  }

  /** The link of a session, if it still holds. */
  byId(id: string): OneTimeLink | undefined {
    const link = this.#parts.store.byId(id);
    return link !== undefined && link.expiresAt > this.#parts.now() ? link : undefined;
  }

  /** The publish links, the newest first. */
  list(): OneTimeLink[] {
    return this.#parts.store.list('publish');
  }

  /** Ends a publish link and what it holds open. @throws AccessError `link-not-found` */
  remove(id: string): OneTimeLink {
    const link = this.#parts.store.byId(id);
    if (link?.kind !== 'publish') throw new AccessError('link-not-found', 'There is no such link.');
    this.#end(id);
    return link;
  }

  /** Ends the links to a camera that is gone. */
  removeOfCamera(cameraId: string): void {
    for (const link of this.list()) if (link.cameraId === cameraId) this.#end(link.id);
  }

  /** Ends those whose time is over. */
  sweep(): void {
    for (const { id } of this.#parts.store.expired(this.#parts.now())) this.#end(id);
  }

  #add(fields: Omit<OneTimeLink, 'id'>): { link: OneTimeLink; secret: string } {
    const secret = newSecret();
    const link = { id: newId(), ...fields };
    this.#parts.store.add(link, hashSecret(secret));
    return { link, secret };
  }

  #use(secret: string, kind: OneTimeLink['kind']): OneTimeLink {
    const { store, now } = this.#parts;
    const link = store.byHash(hashSecret(secret));
    const works = link?.kind === kind && link.expiresAt > now() && store.use(link.id, now());
    if (!works) throw new AccessError('link-gone', 'This link does not work any more. Ask for a new one.');
    return link;
  }

  #end(id: string): void {
    const { store, sessions, revocations } = this.#parts;
    store.remove(id);
    sessions.endAllOf({ link: id });
    revocations.tell('link', id);
  }
}
