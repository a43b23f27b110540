import { z } from 'zod';
import type { Access } from '../access/access.js';
import { AccessError } from '../access/access-error.js';
import { longestAccountName } from '../access/account-name.js';
import { type Caller } from '../access/caller.js';
import { accountCaller } from '../access/identify.js';
import { longestPassword } from '../access/password-rules.js';
import { type CookiePlace, giveCookie, takeCookie } from '../access/session-cookie.js';
import type { Session } from '../access/session-store.js';
import type { SignedIn } from '../access/sign-in.js';
import type { Visitor } from '../access/visitor.js';
import type { AuditLog } from '../audit/audit-log.js';
import type { CallerView, SessionView, SetupLink } from './access-api.js';
import { accessProblem } from './access-problem.js';
import { sessionViewSchema, setupLinkSchema } from './access-schemas.js';
import { ok, type Reply, route, type Route } from './route.js';

/** A password as it comes in; whether it is good enough is another question. */
export const passwordField = z.string().min(1).max(longestPassword);
/** A name of an account as it comes in. */
export const accountNameField = z.string().min(1).max(longestAccountName);
const credentials = z.strictObject({ name: accountNameField, password: passwordField });
const setupRequest = credentials.extend({ token: z.string().min(1).max(100).optional() });

/** What the routes about sessions need of the server. */
export interface SessionRoutesParts {
  readonly access: Pick<Access, 'accounts' | 'links' | 'sessions' | 'signIn' | 'visitorOf'>;
  readonly audit: Pick<AuditLog, 'record'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Who is signed in, signing in and out, and the first account. */
export function sessionRoutes({ access, audit, now }: SessionRoutesParts): Route[] {
  const { accounts, links, sessions, signIn, visitorOf } = access;
  const view = (caller: Caller): SessionView => ({ caller: toView(caller), accounts: !accounts.none });
  const letIn = ({ account, secret, session }: SignedIn, visitor: Visitor, status: 200 | 201): Reply => ({
    status,
    headers: { 'Set-Cookie': cookieOf(secret, session, visitor) },
    json: view(accountCaller(account, session.id)),
  });

  return [
    route({
      method: 'get',
      path: '/api/session',
      summary: 'Who is signed in, and whether there is any account yet',
      answer: { status: 200, body: sessionViewSchema },
      permission: 'public',
      handle: ({ caller }) => ok(view(caller)),
    }),
    route({
      method: 'post',
      path: '/api/session',
      summary: 'Sign in with name and password; the answer sets the cookie of the session',
      answer: { status: 200, body: sessionViewSchema },
      permission: 'public',
      // Recorded here: nobody is known yet, and what failed counts most.
      audit: false,
      body: credentials,
      handle: async ({ body, caller, request }) => {
        const visitor = visitorOf(request);
        const record = (status: number): void =>
          audit.record({
            at: now(),
            actorKind: status === 200 ? 'user' : 'anonymous',
            actor: body.name,
            action: 'sign-in',
            address: visitor.address,
            status,
          });
        try {
          const signedIn = await signIn.signIn(body.name, body.password, visitor);
          // The session from before is over: nobody can have planted it to use it later.
          if (caller.grounds.session !== undefined) sessions.end(caller.grounds.session);
          record(200);
          return letIn(signedIn, visitor, 200);
        } catch (error) {
          if (error instanceof AccessError) record(accessProblem(error).status);
          throw error;
        }
      },
    }),
    route({
      method: 'delete',
      path: '/api/session',
      summary: 'Sign out',
      answer: { status: 204 },
      permission: 'known',
      handle: ({ caller, request }) => {
        if (caller.grounds.session !== undefined) sessions.end(caller.grounds.session);
        const kind = caller.kind === 'link' ? 'link' : 'session';
        return { status: 204, headers: { 'Set-Cookie': takeCookie(kind, visitorOf(request)) } };
      },
    }),
    route({
      method: 'post',
      path: '/api/setup',
      summary: 'Make the first account, an admin, and sign it in',
      answer: { status: 201, body: sessionViewSchema },
      permission: 'public',
      body: setupRequest,
      handle: async ({ body: { name, password, token }, caller, request }) => {
        if (!accounts.none) throw new AccessError('setup-done', 'There are accounts already: sign in.');
        const byLink = caller.kind !== 'local';
        if (byLink && !links.isSetup(token ?? '')) {
          throw new AccessError('link-gone', 'This link does not work any more. Ask for a new one.');
        }
        const account = await accounts.add({ name, password, role: 'admin' }, (first) => {
          if (!first) throw new AccessError('setup-done', 'There are accounts already: sign in.');
          if (byLink) links.useSetup(token ?? '');
        });
        const visitor = visitorOf(request);
        const opened = sessions.open({ account: account.id }, visitor);
        return { ...letIn({ account, ...opened }, visitor, 201), subject: account.name };
      },
    }),
    route({
      method: 'post',
      path: '/api/setup/link',
      summary: 'Make the one-time link for the first account; an earlier one works no longer',
      answer: { status: 201, body: setupLinkSchema },
      permission: 'admin',
      handle: () => {
        if (!accounts.none) throw new AccessError('setup-done', 'There are accounts already: sign in.');
        return { status: 201, json: { path: `/setup#${links.makeSetup()}` } satisfies SetupLink };
      },
    }),
  ];
}

/** The cookie of a new session. */
export function cookieOf(secret: string, session: Session, place: CookiePlace): string {
  const kind = 'link' in session.owner ? 'link' : 'session';
  return giveCookie(kind, secret, place, (session.endsAt - session.createdAt) / 1000);
}

function toView({ kind, name, may, cameras }: Caller): CallerView | null {
  if (kind === 'anonymous') return null;
  return { kind, name, may: [...may], ...(cameras === undefined ? {} : { cameras: [...cameras] }) };
}
