import { z } from 'zod';
import { permissions, roles } from '../access/caller.js';
import { schemaOf } from '../openapi/schema-of.js';
import type {
  AuditPage,
  CallerView,
  NewPublishLink,
  NewToken,
  PublishCamera,
  PublishCameraList,
  PublishLinkList,
  PublishLinkView,
  RedeemedLink,
  SessionInfo,
  SessionList,
  SessionView,
  SetupLink,
  TokenList,
  TokenView,
  UserList,
  UserView,
} from './access-api.js';

const text = z.string();
const epochMs = z.int().describe('Epoch milliseconds.');
const cameras = z.array(text);
const permission = z.enum(permissions);

const callerSchema = schemaOf<CallerView>()(
  z
    .strictObject({
      kind: z.enum(['local', 'user', 'token', 'link']),
      name: text,
      may: z.array(permission),
      cameras: cameras.exactOptional(),
    })
    .meta({ id: 'Caller', description: 'Who asks. Without `cameras` it sees all of them.' }),
);

/** Whether somebody is signed in. */
export const sessionViewSchema = schemaOf<SessionView>()(
  z
    .strictObject({ caller: callerSchema.nullable(), accounts: z.boolean() })
    .meta({ id: 'Session', description: 'Who is signed in, and whether there is any account yet.' }),
);

/** The link for the first account. */
export const setupLinkSchema = schemaOf<SetupLink>()(z.strictObject({ path: text }));

const sessionInfo = schemaOf<SessionInfo>()(
  z
    .strictObject({
      id: text,
      createdAt: epochMs,
      seenAt: epochMs,
      endsAt: epochMs,
      address: text,
      agent: text,
      current: z.boolean(),
    })
    .meta({ id: 'SessionInfo', description: 'One signed-in browser.' }),
);

/** The browsers that are signed in. */
export const sessionListSchema = schemaOf<SessionList>()(z.strictObject({ sessions: z.array(sessionInfo) }));

/** One account. */
export const userSchema = schemaOf<UserView>()(
  z
    .strictObject({
      id: text,
      name: text,
      role: z.enum(roles),
      cameras: cameras.exactOptional(),
      createdAt: epochMs,
      passwordAt: epochMs,
      sessions: z.int().min(0),
    })
    .meta({ id: 'User', description: 'An account. Without `cameras` it sees all of them.' }),
);

/** All accounts. */
export const userListSchema = schemaOf<UserList>()(z.strictObject({ users: z.array(userSchema) }));

const tokenSchema = schemaOf<TokenView>()(
  z
    .strictObject({
      id: text,
      name: text,
      prefix: text,
      account: text.exactOptional(),
      permissions: z.array(permission),
      cameras: cameras.exactOptional(),
      createdAt: epochMs,
      expiresAt: epochMs.exactOptional(),
      lastUsedAt: epochMs.exactOptional(),
    })
    .meta({ id: 'Token', description: 'An API token, without the token itself.' }),
);

/** API tokens. */
export const tokenListSchema = schemaOf<TokenList>()(z.strictObject({ tokens: z.array(tokenSchema) }));

/** A new token with its secret. */
export const newTokenSchema = schemaOf<NewToken>()(z.strictObject({ token: tokenSchema, secret: text }));

const linkSchema = schemaOf<PublishLinkView>()(
  z
    .strictObject({
      id: text,
      cameraId: text,
      createdBy: text,
      createdAt: epochMs,
      expiresAt: epochMs,
      used: z.boolean(),
    })
    .meta({ id: 'PublishLink', description: 'Lets one browser send one webcam.' }),
);

/** Publish links. */
export const publishLinkListSchema = schemaOf<PublishLinkList>()(
  z.strictObject({ links: z.array(linkSchema) }),
);

/** A new publish link with its address. */
export const newPublishLinkSchema = schemaOf<NewPublishLink>()(
  z.strictObject({ link: linkSchema, path: text }),
);

const publishCamera = schemaOf<PublishCamera>()(z.strictObject({ id: text, name: text }));

/** Webcams to send to. */
export const publishCameraListSchema = schemaOf<PublishCameraList>()(
  z.strictObject({ cameras: z.array(publishCamera) }),
);

/** What a redeemed link allows. */
export const redeemedLinkSchema = schemaOf<RedeemedLink>()(
  z.strictObject({ camera: publishCamera, expiresAt: epochMs }),
);

/** One page of the audit log. */
export const auditPageSchema = schemaOf<AuditPage>()(
  z.strictObject({
    entries: z.array(
      z.strictObject({
        at: epochMs,
        actor: z.strictObject({ kind: text, name: text }),
        action: text,
        cameraId: text.exactOptional(),
        subject: text.exactOptional(),
        address: text,
        status: z.int(),
      }),
    ),
    next: text.exactOptional(),
  }),
);
