// Made from server/access/caller.ts by "npm run interfaces"; change it there.

/** What an account may be, from the most to the least powerful. */
export const roles = ['admin', 'operator', 'viewer', 'publisher'] as const;

/** `publisher` sends a webcam's video and sees nothing else. */
export type Role = (typeof roles)[number];

/** What a route, an event or a WebRTC verb asks of its caller. */
export const permissions = ['public', 'known', 'view', 'operate', 'publish', 'admin'] as const;

/** `public` asks for nothing, `known` for any caller who proved who it is; each other one is given by a role or a scope. */
export type Permission = (typeof permissions)[number];
