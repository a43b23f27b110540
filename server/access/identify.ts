import type { IncomingMessage } from 'node:http';
import type { Account } from './account-store.js';
import type { Accounts } from './accounts.js';
import { anonymous, type Caller, localOwner, permissionsOf } from './caller.js';
import type { OneTimeLink } from './link-store.js';
import { readCookie } from './session-cookie.js';
import type { Session } from './session-store.js';
import type { Sessions } from './sessions.js';
import type { Tokens } from './tokens.js';
import { isLoopbackAddress, type ReadVisitor } from './visitor.js';

/** What callers are recognised by. */
export interface IdentifyParts {
  readonly accounts: Pick<Accounts, 'none'>;
  readonly accountOf: (id: string) => Account | undefined;
  readonly linkOf: (id: string) => OneTimeLink | undefined;
  readonly sessions: Pick<Sessions, 'find'>;
  readonly tokens: Pick<Tokens, 'callerOf'>;
  readonly visitorOf: ReadVisitor;
  /** Whether the server can be reached from this machine alone. */
  readonly onLoopback: boolean;
}

/** Says who makes a request; `anonymous` where nothing proves anything. The token is one that came beside the headers. */
export type IdentifyRequest = (request: IncomingMessage, token?: string) => Caller;

/**
 * Makes the one function that decides who a caller is, for REST, WebRTC and sockets alike. A token counts alone: one that
 * does not hold is not helped by a cookie. Nothing in an address is ever looked at.
 */
export function createIdentify(parts: IdentifyParts): IdentifyRequest {
  return (request, token) => {
    const { headers } = request;
    const bearer = token ?? bearerOf(headers.authorization);
    if (bearer !== undefined) return parts.tokens.callerOf(bearer) ?? anonymous;
    const visitor = parts.visitorOf(request);
    for (const kind of ['session', 'link'] as const) {
      const secret = readCookie(kind, headers.cookie, visitor);
      const session = secret === undefined ? undefined : parts.sessions.find(secret);
      const caller = session === undefined ? undefined : callerOf(session, parts);
      if (caller !== undefined) return caller;
    }
    const atTheMachine =
      parts.onLoopback &&
      !visitor.forwarded &&
      isLoopbackAddress(request.socket.remoteAddress ?? '') &&
      namesThisMachine(headers.host);
    return atTheMachine && parts.accounts.none ? localOwner : anonymous;
  };
}

function callerOf(session: Session, { accountOf, linkOf }: IdentifyParts): Caller | undefined {
  const { id, owner } = session;
  if ('account' in owner) {
    const account = accountOf(owner.account);
    return account === undefined ? undefined : accountCaller(account, id);
  }
  const link = linkOf(owner.link);
  if (link?.cameraId === undefined) return undefined;
  return {
    kind: 'link',
    name: `publish link by ${link.createdBy}`,
    may: permissionsOf('publisher'),
    cameras: new Set([link.cameraId]),
    grounds: { link: link.id, session: id },
  };
}

/** The caller that a signed-in account is. */
export function accountCaller(account: Account, sessionId: string): Caller {
  return {
    kind: 'user',
    name: account.name,
    may: permissionsOf(account.role),
    ...(account.cameras === undefined ? {} : { cameras: new Set(account.cameras) }),
    grounds: { account: account.id, session: sessionId },
  };
}

/** The token of an `Authorization` header; another scheme may be meant for a proxy, and is left alone. */
function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1];
}

/** Whether a `Host` header names this machine and not a name that a proxy serves. */
function namesThisMachine(host: string | undefined): boolean {
  const name = (host ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  return name === 'localhost' || isLoopbackAddress(name);
}
