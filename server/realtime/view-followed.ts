import type { IncomingMessage } from 'node:http';
import type { Caller } from '../access/caller.js';
import type { EventKind } from './events.js';

/** What a socket follows from now on: cameras that its caller sees, and kinds of events. */
export interface ViewFollowed {
  readonly cameras: readonly string[] | '*';
  readonly kinds: readonly EventKind[];
}

/** Called when a socket is opened; what it gives back is told of each view that the socket follows. */
export type TellViews = (caller: Caller, request: IncomingMessage) => (view: ViewFollowed) => void;
