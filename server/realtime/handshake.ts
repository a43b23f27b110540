import type { IncomingMessage } from 'node:http';
import type { Caller } from '../access/caller.js';
import type { EventServer, EventSocket } from './event-server.js';

/** Says who opens a socket: by its cookie, or by the token that it was given beside it. */
export type IdentifySocket = (request: IncomingMessage, token?: string) => Caller;

/** Characters that a token may have. */
const longestToken = 200;

/** Who holds a socket at this moment. */
export function callerOfSocket({ handshake, request }: EventSocket, identify: IdentifySocket): Caller {
  const { token } = handshake.auth as { readonly token?: unknown };
  return typeof token === 'string' ? identify(request, token.slice(0, longestToken)) : identify(request);
}

/** Lets in whoever may see anything; others get an error whose `data.code` says what is missing. */
export function admitCallers(io: EventServer, identify: IdentifySocket): void {
  io.use((socket, next) => {
    const caller = callerOfSocket(socket, identify);
    if (caller.may.has('view')) {
      next();
      return;
    }
    const known = caller.may.has('known');
    const refusal = new Error(known ? 'Your account may not do this.' : 'Sign in first.');
    next(Object.assign(refusal, { data: { code: known ? 'forbidden' : 'sign-in-needed' } }));
  });
}
