import type { Server, Socket } from 'socket.io';
import type { LoggedEvent } from '../storage/event-log.js';
import type { ClientToServerEvents, ServerToClientEvents } from './events.js';

/** What the server remembers of a socket: nothing, all state hangs on the subscription objects. */
type SocketData = Record<string, never>;

/** A socket.io server typed by the one event map. */
export type EventServer = Server<
  ClientToServerEvents,
  ServerToClientEvents,
  Record<string, never>,
  SocketData
>;

/** One connected client. */
export type EventSocket = Socket<
  ClientToServerEvents,
  ServerToClientEvents,
  Record<string, never>,
  SocketData
>;

/** Whatever takes the durable events: one socket, or a set of rooms. */
interface DurableTarget {
  emit(name: 'counts', event: LoggedEvent<'counts'>['event']): boolean;
  emit(name: 'visit', event: LoggedEvent<'visit'>['event']): boolean;
  emit(name: 'camera', event: LoggedEvent<'camera'>['event']): boolean;
  emit(name: 'zones', event: LoggedEvent<'zones'>['event']): boolean;
  emit(name: 'alert', event: LoggedEvent<'alert'>['event']): boolean;
}

/** Sends a logged event under its own name. */
export function emitLogged(target: DurableTarget, logged: LoggedEvent): void {
  switch (logged.kind) {
    case 'counts':
      target.emit('counts', logged.event);
      break;
    case 'visit':
      target.emit('visit', logged.event);
      break;
    case 'camera':
      target.emit('camera', logged.event);
      break;
    case 'zones':
      target.emit('zones', logged.event);
      break;
    case 'alert':
      target.emit('alert', logged.event);
      break;
  }
}

/** The room of those who want one kind of event of one camera, or of all with `*`. */
export function roomOf(kind: string, camera: string): string {
  return `${kind} ${camera}`;
}
