import type { ServerToClientEvents } from '../../server/realtime/events.js';
import type { ClientSocket } from './server-process.js';

type Payload<Kind extends keyof ServerToClientEvents> = Parameters<ServerToClientEvents[Kind]>[0];

/**
 * Waits for the first event of a kind that meets a condition. Frames are acknowledged meanwhile.
 *
 * @throws Error when none came in time; the message holds the last one that did not meet it
 */
export function awaitEvent<Kind extends keyof ServerToClientEvents>(
  socket: ClientSocket,
  kind: Kind,
  meets: (event: Payload<Kind>) => boolean,
  timeoutMs = 40_000,
): Promise<Payload<Kind>> {
  return new Promise((resolve, reject) => {
    let last: unknown;
    const listener = (event: Payload<Kind>, taken?: () => void): void => {
      taken?.();
      last = event;
      if (meets(event)) finish(() => resolve(event));
    };
    const timer = setTimeout(() => {
      finish(() => reject(new Error(`no ${kind} event as hoped for; the last was ${JSON.stringify(last)}`)));
    }, timeoutMs);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      socket.off(kind, listener as never);
      settle();
    };
    socket.on(kind, listener as never);
  });
}

/** Asks again and again until the answer meets a condition; fails with the last answer. */
export async function untilAnswer<T>(
  ask: () => Promise<T>,
  meets: (answer: T) => boolean,
  timeoutMs = 40_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (meets(answer)) return answer;
    if (Date.now() > end)
      throw new Error(`never as hoped for; the last answer was ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
