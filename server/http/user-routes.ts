import { z } from 'zod';
import type { Access } from '../access/access.js';
import type { Account } from '../access/account-store.js';
import { roles } from '../access/caller.js';
import type { UserList, UserView } from './access-api.js';
import { userListSchema, userSchema } from './access-schemas.js';
import { ok, route, type Route } from './route.js';
import { accountNameField, passwordField } from './session-routes.js';

const cameras = z.array(z.string().min(1).max(40)).max(256);
const userInput = z.strictObject({
  name: accountNameField,
  password: passwordField,
  role: z.enum(roles),
  cameras: cameras.optional(),
});
const userPatch = z.strictObject({
  role: z.enum(roles).optional(),
  cameras: cameras.nullable().optional(),
  password: passwordField.optional(),
});
const byId = z.object({ id: z.string() });

/** Accounts, for admins. A change of role, cameras or password signs the account out everywhere. */
export function userRoutes({ accounts, sessions }: Pick<Access, 'accounts' | 'sessions'>): Route[] {
  const view = ({ id, name, role, cameras: seen, createdAt, passwordAt }: Account): UserView => ({
    id,
    name,
    role,
    ...(seen === undefined ? {} : { cameras: seen }),
    createdAt,
    passwordAt,
    sessions: sessions.of({ account: id }).length,
  });
  return [
    route({
      method: 'get',
      path: '/api/users',
      summary: 'All accounts',
      answer: { status: 200, body: userListSchema },
      permission: 'admin',
      handle: () => ok({ users: accounts.list().map(view) } satisfies UserList),
    }),
    route({
      method: 'post',
      path: '/api/users',
      summary: 'Make an account',
      answer: { status: 201, body: userSchema },
      permission: 'admin',
      body: userInput,
      handle: async ({ body }) => {
        const account = await accounts.add(body);
        return { status: 201, json: view(account), subject: account.name };
      },
    }),
    route({
      method: 'patch',
      path: '/api/users/:id',
      summary: 'Change role, cameras or password of an account, and sign it out everywhere',
      answer: { status: 200, body: userSchema },
      permission: 'admin',
      params: byId,
      body: userPatch,
      handle: async ({ params, body }) => {
        const account = await accounts.change(params.id, body);
        return { ...ok(view(account)), subject: account.name };
      },
    }),
    route({
      method: 'delete',
      path: '/api/users/:id',
      summary: 'Remove an account with its sessions and tokens',
      answer: { status: 204 },
      permission: 'admin',
      params: byId,
      handle: ({ params }) => {
        const { name } = accounts.get(params.id);
        accounts.remove(params.id);
        return { status: 204, subject: name };
      },
    }),
  ];
}
