/** What an account may be, from the most to the least powerful. */
export const roles = ['admin', 'operator', 'viewer', 'publisher'] as const;
/** `publisher` sends a webcam's video and sees nothing else. */
export type Role = (typeof roles)[number];

/** What a route, an event or a WebRTC verb asks of its caller. */
export const permissions = ['public', 'view', 'operate', 'publish', 'admin'] as const;
/** `public` asks for nothing; every other one for a caller who is known. */
export type Permission = (typeof permissions)[number];

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
}

const allowed: Readonly<Record<Role, readonly Permission[]>> = {
  admin: ['public', 'view', 'operate', 'publish', 'admin'],
  operator: ['public', 'view', 'operate'],
  viewer: ['public', 'view'],
  publisher: ['public', 'publish'],
};

/** What a role may do. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set(allowed[role]);
}

/** Nobody in particular. */
export const anonymous: Caller = { kind: 'anonymous', name: 'anonymous', may: new Set(['public']) };

/** Whoever sits at the machine while there is no account. */
export const localOwner: Caller = { kind: 'local', name: 'local', may: permissionsOf('admin') };

/** Whether a camera exists for a caller. */
export function sees(caller: Caller, cameraId: string): boolean {
  return caller.cameras === undefined || caller.cameras.has(cameraId);
}
