import { type Permission, permissions } from '../access/caller.js';
import type { ClientToServerEvents } from './events.js';

/** What a message of a client asks of its sender. */
export interface EventRule {
  readonly permission: Permission;
}

/** Every message that clients may send, with its permission. There is no other way to handle one. */
export const eventTable: Readonly<Record<keyof ClientToServerEvents, EventRule>> = {
  subscribe: { permission: 'view' },
};

/**
 * Deny by default: an event server with a message that declares no permission does not start.
 *
 * @throws TypeError naming the message
 */
export function checkEventTable(table: Readonly<Record<string, Partial<EventRule>>>): void {
  for (const [name, { permission }] of Object.entries(table)) {
    if (permission === undefined || !permissions.includes(permission)) {
      throw new TypeError(`The message ${name} declares no permission.`);
    }
  }
}
