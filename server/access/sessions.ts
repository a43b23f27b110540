import type { Revocations } from './revocations.js';
import { hashSecret, newId, newSecret } from './secret.js';
import type { Session, SessionOwner, SessionStore } from './session-store.js';
import type { Visitor } from './visitor.js';

/** How long sessions last, in milliseconds. */
export interface SessionLimits {
  /** Without any request. */
  readonly idleMs: number;
  /** Whatever happens. */
  readonly absoluteMs: number;
}

/** An hour without a request, a day at most. */
export const sessionLimits: SessionLimits = { idleMs: 3_600_000, absoluteMs: 24 * 3_600_000 };

/** The moment of the last use is written down at most this often. */
const touchEveryMs = 60_000;
/** Sessions of one account at once; with one more the oldest ends. */
const mostOfOneOwner = 20;
const longestAgent = 200;

/** Opens, finds and ends sessions. The browser holds 256 random bits; only their hash is kept. */
export class Sessions {
  constructor(
    readonly store: SessionStore,
    readonly revocations: Revocations,
    readonly now: () => number,
    readonly limits: SessionLimits = sessionLimits,
  ) {}

  /**
   * @param endsAt an earlier end than usual, epoch milliseconds
   * @returns what the browser must hold
   */
  open(owner: SessionOwner, visitor: Visitor, endsAt = Infinity): { secret: string; session: Session } {
    const now = this.now();
    for (const surplus of this.store.ofOwner(owner).slice(mostOfOneOwner - 1)) this.end(surplus.id);
    const secret = newSecret();
    const session: Session = {
      id: newId(),
      owner,
      createdAt: now,
      seenAt: now,
      endsAt: Math.min(endsAt, now + this.limits.absoluteMs),
      address: visitor.address,
      agent: visitor.agent.slice(0, longestAgent),
    };
    this.store.add(session, hashSecret(secret));
    return { secret, session };
  }

  /** The session that a secret belongs to, if it has not ended; using it counts as activity. */
  find(secret: string): Session | undefined {
    const session = this.store.byHash(hashSecret(secret));
    if (session === undefined) return undefined;
    const now = this.now();
    if (now >= session.endsAt || now - session.seenAt > this.limits.idleMs) {
      this.end(session.id);
      return undefined;
    }
    if (now - session.seenAt >= touchEveryMs) this.store.touch(session.id, now);
    return session;
  }

  /** Those of one account or link, the newest first. */
  of(owner: SessionOwner): Session[] {
    return this.store.ofOwner(owner);
  }

  /** Ends one session and all that it holds open; nothing happens when there is none. */
  end(id: string): void {
    this.store.remove(id);
    this.revocations.tell('session', id);
  }

  /** Ends all of an account or a link. */
  endAllOf(owner: SessionOwner): void {
    for (const { id } of this.store.ofOwner(owner)) this.end(id);
  }

  /** Ends those whose time is over. */
  sweep(): void {
    const now = this.now();
    for (const { id } of this.store.over(now, now - this.limits.idleMs)) this.end(id);
  }
}
