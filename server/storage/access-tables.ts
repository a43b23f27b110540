import type { Generated } from 'kysely';
import type { Role } from '../access/caller.js';

/** One account. */
export interface AccountsTable {
  readonly id: string;
  /** Lower case. */
  readonly name: string;
  readonly role: Role;
  /** JSON list of camera ids; null for all. */
  readonly cameras: string | null;
  /** Argon2id in PHC form. */
  readonly password_hash: string;
  /** Epoch milliseconds. */
  readonly created_at: number;
  /** When the password was set. */
  readonly password_at: number;
}

/** One signed-in browser, of an account or of a redeemed publish link. */
export interface SessionsTable {
  /** Public name of the session; what the browser holds is only kept as its hash. */
  readonly id: string;
  /** SHA-256, hex. */
  readonly hash: string;
  readonly account_id: string | null;
  readonly link_id: string | null;
  /** Epoch milliseconds, as all times here. */
  readonly created_at: number;
  readonly seen_at: number;
  readonly ends_at: number;
  readonly address: string;
  readonly agent: string;
}

/** One API token. */
export interface TokensTable {
  readonly id: string;
  /** SHA-256, hex. */
  readonly hash: string;
  /** The first characters, to recognise it by. */
  readonly prefix: string;
  readonly name: string;
  /** Whose rights bound it; null for one made before there were accounts. */
  readonly account_id: string | null;
  /** JSON list. */
  readonly permissions: string;
  /** JSON list of camera ids; null for all. */
  readonly cameras: string | null;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
}

/** One link that works once: to make the first account, or to publish a webcam. */
export interface LinksTable {
  readonly id: string;
  /** SHA-256, hex. */
  readonly hash: string;
  readonly kind: 'setup' | 'publish';
  readonly camera_id: string | null;
  readonly created_by: string;
  readonly created_at: number;
  readonly expires_at: number;
  readonly used_at: number | null;
}

/** One entry of the audit log. */
export interface AuditTable {
  readonly seq: Generated<number>;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly actor_kind: string;
  readonly actor: string;
  readonly action: string;
  readonly camera_id: string | null;
  readonly subject: string | null;
  readonly address: string;
  /** HTTP status of the answer. */
  readonly status: number;
}
