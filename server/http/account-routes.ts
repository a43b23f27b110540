import { z } from 'zod';
import type { Access } from '../access/access.js';
import { AccessError } from '../access/access-error.js';
import { type Caller, permissions } from '../access/caller.js';
import type { ApiToken } from '../access/token-store.js';
import type { NewToken, SessionList, TokenList, TokenView } from './access-api.js';
import { newTokenSchema, sessionListSchema, tokenListSchema } from './access-schemas.js';
import { ProblemError } from './problem-error.js';
import { ok, route, type Route } from './route.js';
import { cookieOf, passwordField } from './session-routes.js';

const passwordChange = z.strictObject({ current: passwordField, password: passwordField });
const byId = z.object({ id: z.string() });
const scope = permissions.filter((permission) => permission !== 'public' && permission !== 'known');
const tokenInput = z.strictObject({
  name: z.string().trim().min(1).max(80),
  permissions: z.array(z.enum(scope)).min(1).max(scope.length),
  cameras: z.array(z.string().min(1).max(40)).max(256).optional(),
  expiresAt: z.int().min(0).optional(),
});

/** What the routes about one's own account need of the server. */
export type AccountAccess = Pick<Access, 'accounts' | 'sessions' | 'signIn' | 'tokens' | 'visitorOf'>;

/** One's own account: password, browsers that are signed in, API tokens. */
export function accountRoutes({ accounts, sessions, signIn, tokens, visitorOf }: AccountAccess): Route[] {
  const view = (token: ApiToken): TokenView => {
    const { id, name, prefix, createdAt, expiresAt, lastUsedAt, cameras, accountId } = token;
    return {
      id,
      name,
      prefix,
      ...(accountId === undefined ? {} : { account: accounts.get(accountId).name }),
      permissions: token.permissions,
      ...(cameras === undefined ? {} : { cameras }),
      createdAt,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    };
  };
  return [
    route({
      method: 'post',
      path: '/api/account/password',
      summary: "Change one's own password; all sessions of the account end, and this browser gets a new one",
      answer: { status: 204 },
      permission: 'known',
      body: passwordChange,
      handle: async ({ body, caller, request }) => {
        const id = ownAccount(caller);
        const visitor = visitorOf(request);
        await signIn.check(accounts.get(id).name, body.current, visitor);
        await accounts.change(id, { password: body.password });
        const { secret, session } = sessions.open({ account: id }, visitor);
        return { status: 204, headers: { 'Set-Cookie': cookieOf(secret, session, visitor) } };
      },
    }),
    route({
      method: 'get',
      path: '/api/account/sessions',
      summary: 'The browsers in which the account is signed in',
      answer: { status: 200, body: sessionListSchema },
      permission: 'known',
      handle: ({ caller }) => {
        const list = sessions
          .of({ account: ownAccount(caller) })
          .map(({ id, createdAt, seenAt, endsAt, address, agent }) => {
            const current = id === caller.grounds.session;
            return { id, createdAt, seenAt, endsAt, address, agent, current };
          });
        return ok({ sessions: list } satisfies SessionList);
      },
    }),
    route({
      method: 'delete',
      path: '/api/account/sessions/:id',
      summary: 'Sign out one browser of the account',
      answer: { status: 204 },
      permission: 'known',
      params: byId,
      handle: ({ caller, params }) => {
        const own = sessions.of({ account: ownAccount(caller) }).some(({ id }) => id === params.id);
        if (!own) throw new AccessError('session-not-found', 'There is no such session.');
        sessions.end(params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/api/tokens',
      summary: "One's own API tokens; an admin sees all",
      answer: { status: 200, body: tokenListSchema },
      permission: 'known',
      handle: ({ caller }) => ok({ tokens: tokens.list(reachOf(caller)).map(view) } satisfies TokenList),
    }),
    route({
      method: 'post',
      path: '/api/tokens',
      summary: 'Make an API token; only this answer tells it',
      answer: { status: 201, body: newTokenSchema },
      permission: 'known',
      body: tokenInput,
      handle: ({ body, caller }) => {
        if (caller.kind !== 'local') ownAccount(caller);
        const { token, secret } = tokens.add(caller, body);
        return {
          status: 201,
          json: { token: view(token), secret } satisfies NewToken,
          subject: token.prefix,
        };
      },
    }),
    route({
      method: 'delete',
      path: '/api/tokens/:id',
      summary: 'Revoke an API token',
      answer: { status: 204 },
      permission: 'known',
      params: byId,
      handle: ({ caller, params }) => {
        const { prefix } = tokens.remove(params.id, reachOf(caller));
        return { status: 204, subject: prefix };
      },
    }),
  ];
}

/** The account of a person. A token or a link acts for one, but must not change how to get in. */
function ownAccount({ kind, grounds }: Caller): string {
  if (kind === 'user' && grounds.account !== undefined) return grounds.account;
  throw new ProblemError(403, 'no-account', 'Only a person who is signed in may do this.');
}

/** The account whose tokens a caller may see and revoke; undefined for those of everybody. */
function reachOf(caller: Caller): string | undefined {
  return caller.may.has('admin') && caller.kind !== 'link' ? undefined : ownAccount(caller);
}
