import type { Database } from '../storage/open-database.js';
import { createAccountStore } from './account-store.js';
import { Accounts } from './accounts.js';
import { createIdentify, type IdentifyRequest } from './identify.js';
import { createLinkStore } from './link-store.js';
import { Links } from './links.js';
import { PasswordHasher } from './password-hasher.js';
import { Revocations } from './revocations.js';
import { createSessionStore } from './session-store.js';
import { type SessionLimits, Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignInLimiter } from './sign-in-limiter.js';
import { createTokenStore } from './token-store.js';
import { Tokens } from './tokens.js';
import { createVisitorReader, type ReadVisitor } from './visitor.js';

/** How often what has expired is ended, in milliseconds: an open socket outlives its access by no more. */
const sweepEveryMs = 1000;

/** What access is made from. */
export interface AccessOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Whether the server can be reached from this machine alone. */
  readonly onLoopback: boolean;
  /** Addresses and ranges of proxies whose `X-Forwarded-…` is believed. */
  readonly trustedProxies: readonly string[];
  readonly sessionLimits?: SessionLimits;
  /** Told when the sweep fails; it goes on. */
  readonly onProblem: (error: unknown) => void;
}

/** Who may do what: accounts, sessions, tokens and links over one database. */
export interface Access {
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly tokens: Tokens;
  readonly links: Links;
  readonly revocations: Revocations;
  readonly visitorOf: ReadVisitor;
  readonly identify: IdentifyRequest;
  /** Stops looking for what has expired; idempotent. */
  close(): void;
}

/** Puts the parts of access together over a database. */
export function createAccess(db: Database, options: AccessOptions): Access {
  const { now } = options;
  const revocations = new Revocations();
  const accountStore = createAccountStore(db);
  const sessions = new Sessions(createSessionStore(db), revocations, now, options.sessionLimits);
  const hasher = new PasswordHasher();
  const accounts = new Accounts({ store: accountStore, sessions, hasher, revocations, now });
  const accountOf = (id: string) => accountStore.byId(id);
  const tokens = new Tokens({ store: createTokenStore(db), accountOf, revocations, now });
  const links = new Links({ store: createLinkStore(db), sessions, revocations, now });
  const visitorOf = createVisitorReader(options.trustedProxies);
  // An account that is gone takes its tokens along; one that was only changed keeps them.
  const forget = revocations.on((ground, id) => {
    if (ground === 'account' && accountOf(id) === undefined) tokens.removeAllOf(id);
  });
  const timer = setInterval(() => {
    try {
      sessions.sweep();
      tokens.sweep();
      links.sweep();
    } catch (error) {
      options.onProblem(error);
    }
  }, sweepEveryMs);
  timer.unref();
  return {
    accounts,
    sessions,
    signIn: new SignIn({ accounts, sessions, hasher, limiter: new SignInLimiter() }),
    tokens,
    links,
    revocations,
    visitorOf,
    identify: createIdentify({
      accounts,
      accountOf,
      linkOf: (id) => links.byId(id),
      sessions,
      tokens,
      visitorOf,
      onLoopback: options.onLoopback,
    }),
    close: () => {
      clearInterval(timer);
      forget();
    },
  };
}
