/** What an account may be, from the most to the least powerful. */
export const roles = ['admin', 'operator', 'viewer', 'publisher'] as const;
/** `publisher` sends a webcam's video and sees nothing else. */
export type Role = (typeof roles)[number];

/** What a route, an event or a WebRTC verb asks of its caller. */
export const permissions = ['public', 'known', 'view', 'operate', 'publish', 'admin'] as const;
/** `public` asks for nothing, `known` for any caller who proved who it is; each other one is given by a role or a scope. */
export type Permission = (typeof permissions)[number];

/** What a caller's access can rest on. When one of them ends, all that rests on it ends too. */
export type Ground = 'local' | 'account' | 'session' | 'token' | 'link';

/** Who makes a request or holds a socket. */
export interface Caller {
  /** `local` is whoever sits at a server that listens on loopback and has no account yet. */
  readonly kind: 'anonymous' | 'local' | 'user' | 'token' | 'link';
  /** For the audit log: the account's or the token's name; never a secret. */
  readonly name: string;
  /** What the caller may do at all. */
  readonly may: ReadonlySet<Permission>;
  /** The only cameras that exist for this caller; all where absent. */
  readonly cameras?: ReadonlySet<string>;
  /** Ids of what the access rests on. */
  readonly grounds: Readonly<Partial<Record<Ground, string>>>;
}

const allowed: Readonly<Record<Role, readonly Permission[]>> = {
  admin: ['public', 'known', 'view', 'operate', 'publish', 'admin'],
  operator: ['public', 'known', 'view', 'operate'],
  viewer: ['public', 'known', 'view'],
  publisher: ['public', 'known', 'publish'],
};

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(allowed[role]);
}

/** Nobody in particular. */
export const anonymous: Caller = {
  kind: 'anonymous',
  name: 'anonymous',
  may: new Set(['public']),
  grounds: {},
};

/** Whoever sits at the machine while there is no account. */
export const localOwner: Caller = {
  kind: 'local',
  name: 'local',
  may: permissionsOf('admin'),
  grounds: { local: 'local' },
};

/** Whoever may open the data folder, by the command line. */
export const commandLine: Caller = {
  kind: 'local',
  name: 'command line',
  may: permissionsOf('admin'),
  grounds: {},
};

/** Whether a camera exists for a caller. */
export function sees(caller: Caller, cameraId: string): boolean {
  return caller.cameras === undefined || caller.cameras.has(cameraId);
}

/** Whether a caller's access rests on something that has ended. */
export function restsOn(caller: Caller, ground: Ground, id: string): boolean {
  return caller.grounds[ground] === id;
}
