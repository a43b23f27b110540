// Made from server/http/access-api.ts by "npm run interfaces"; change it there.

import type { Permission, Role } from './caller.js';

/** Who asks, as `GET /api/session` tells it. Times of this file are epoch milliseconds. */
export interface CallerView {
  readonly kind: 'local' | 'user' | 'token' | 'link';
  readonly name: string;
  /** What it may do at all. */
  readonly may: readonly Permission[];
  /** Ids of the only cameras that exist for it; absent where all do. */
  readonly cameras?: readonly string[];
}

/** `GET /api/session`, and the answer to signing in. */
export interface SessionView {
  /** Null where nobody is signed in. */
  readonly caller: CallerView | null;
  /** False until the first account is made: until then only the set-up page is of use to strangers. */
  readonly accounts: boolean;
}

/** `POST /api/session`: signing in. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** `POST /api/setup`: makes the first account, an admin's, and signs it in. */
export interface SetupRequest extends Credentials {
  /** Of the set-up link; not needed by whoever sits at the machine. */
  readonly token?: string;
}

/** `POST /api/setup/link`: for the command line, while there is no account. */
export interface SetupLink {
  /** Path and fragment, to be put behind this server's address. */
  readonly path: string;
}

/** `POST /api/account/password`. All other sessions of the account end; this browser gets a new one. */
export interface PasswordChange {
  readonly current: string;
  readonly password: string;
}

/** One signed-in browser of the account. */
export interface SessionInfo {
  readonly id: string;
  readonly createdAt: number;
  /** To the minute. */
  readonly seenAt: number;
  readonly endsAt: number;
  /** Where it was opened from. */
  readonly address: string;
  /** What the browser called itself. */
  readonly agent: string;
  /** True for the one that asks. */
  readonly current: boolean;
}

/** `GET /api/account/sessions` */
export interface SessionList {
  readonly sessions: readonly SessionInfo[];
}

/** An account, as admins see it. */
export interface UserView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Ids of the cameras it sees; absent for all. */
  readonly cameras?: readonly string[];
  readonly createdAt: number;
  /** When the password was set. */
  readonly passwordAt: number;
  /** Browsers that are signed in now. */
  readonly sessions: number;
}

/** `GET /api/users` */
export interface UserList {
  readonly users: readonly UserView[];
}

/** `POST /api/users` */
export interface UserInput extends Credentials {
  readonly role: Role;
  /** All cameras where absent. */
  readonly cameras?: readonly string[];
}

/** `PATCH /api/users/:id`. Any change signs the account out everywhere. */
export interface UserPatch {
  readonly role?: Role;
  /** Null means all cameras. */
  readonly cameras?: readonly string[] | null;
  readonly password?: string;
}

/** An API token without the token itself. */
export interface TokenView {
  readonly id: string;
  readonly name: string;
  /** The first characters, to recognise it by. */
  readonly prefix: string;
  /** Name of the account whose rights bound it; absent for one made before there were accounts. */
  readonly account?: string;
  readonly permissions: readonly Permission[];
  /** All cameras of the account where absent. */
  readonly cameras?: readonly string[];
  readonly createdAt: number;
  /** Never where absent. */
  readonly expiresAt?: number;
  /** To the minute; absent while it was never used. */
  readonly lastUsedAt?: number;
}

/** `GET /api/tokens`: one's own; those of everybody for admins. */
export interface TokenList {
  readonly tokens: readonly TokenView[];
}

/** `POST /api/tokens` */
export interface TokenInput {
  readonly name: string;
  readonly permissions: readonly Exclude<Permission, 'public' | 'known'>[];
  readonly cameras?: readonly string[];
  readonly expiresAt?: number;
}

/** The answer to `POST /api/tokens`: the only time that the token itself is told. */
export interface NewToken {
  readonly token: TokenView;
  /** To be sent as `Authorization: Bearer …`, or as `auth.token` of a socket. */
  readonly secret: string;
}

/** A link that lets one browser send one webcam. */
export interface PublishLinkView {
  readonly id: string;
  readonly cameraId: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** True when a browser has redeemed it. */
  readonly used: boolean;
}

/** `GET /api/publish-links` */
export interface PublishLinkList {
  readonly links: readonly PublishLinkView[];
}

/** `POST /api/publish-links` */
export interface PublishLinkInput {
  /** Of a webcam camera. */
  readonly cameraId: string;
  /** How long the link, and sending by it, lasts; at most a week. */
  readonly minutes: number;
}

/** The answer to `POST /api/publish-links`: the only time that the address itself is told. */
export interface NewPublishLink {
  readonly link: PublishLinkView;
  /** Path and fragment, to be put behind this server's address. */
  readonly path: string;
}

/** A webcam camera that the caller may send to. */
export interface PublishCamera {
  readonly id: string;
  readonly name: string;
}

/** `GET /api/publish/cameras` */
export interface PublishCameraList {
  readonly cameras: readonly PublishCamera[];
}

/** `POST /api/publish-links/redeem` with `{ token }`: binds the link to this browser. */
export interface RedeemedLink {
  readonly camera: PublishCamera;
  readonly expiresAt: number;
}

/** One line of the audit log. */
export interface AuditEntryView {
  readonly at: number;
  readonly actor: { readonly kind: string; readonly name: string };
  /** Method and path of the route, or a word such as `sign-in`. */
  readonly action: string;
  readonly cameraId?: string;
  /** What was made, changed or removed. */
  readonly subject?: string;
  readonly address: string;
  /** HTTP status of the answer. */
  readonly status: number;
}

/** `GET /api/audit?limit=&after=&from=&to=&actor=&camera=`: newest first. */
export interface AuditPage {
  readonly entries: readonly AuditEntryView[];
  /** Give it as `after` for the next page; absent on the last one. */
  readonly next?: string;
}
