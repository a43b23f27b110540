import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventFilter, EventLog } from '../storage/event-log.js';
import { emitLogged, type EventSocket, roomOf } from './event-server.js';
import type { DurableKind, SubscribeReply, SubscribeRequest } from './events.js';
import type { SendGauge } from './send-gauge.js';

/** Event numbers looked at in one turn of the event loop. */
const span = 500;
/** Replay waits while more packets than this are unsent, so a client that reads slowly holds no memory. */
const unsentLimit = 200;

/** Brings one socket what it missed and then what comes, without a hole or a double between the two. */
export class DurableFeed {
  #life = 0;

  /** @param maxReplay events replayed for one `subscribe`; beyond it the client is told to read the state afresh */
  constructor(
    readonly socket: EventSocket,
    readonly log: EventLog,
    readonly gauge: SendGauge,
    readonly maxReplay: number,
  ) {}

  /**
   * Replaces the subscription.
   *
   * Live events are sent in the very tick of their commit. So once a read has reached the end of the log, joining the
   * rooms in that same tick leaves no hole, and leaving them first leaves no double.
   */
  async subscribe(request: SubscribeRequest): Promise<SubscribeReply> {
    const life = ++this.#life;
    this.#leave();
    const kinds = request.kinds.filter((kind): kind is DurableKind => kind !== 'frame');
    const filter: EventFilter = { cameras: request.cameras, kinds };
    const resumed = request.cursor === undefined ? undefined : this.log.resume(request.cursor);
    let gap = request.cursor !== undefined && resumed === undefined;
    let place = resumed ?? this.log.newest();
    let replayed = 0;
    for (;;) {
      if (life !== this.#life) return superseded;
      if (!this.socket.connected) return left;
      // What was pruned while the client read slowly is missing from the replay.
      gap ||= this.log.resume(this.log.cursorAt(place)) === undefined;
      const page = this.log.read(place, filter, span);
      for (const event of page.events) emitLogged(this.socket, event);
      replayed += page.events.length;
      place = page.through;
      if (page.end) break;
      if (replayed >= this.maxReplay) {
        gap = true;
        place = this.log.newest();
        break;
      }
      await this.gauge.below(unsentLimit);
      await nextTurn();
    }
    this.#join(filter);
    return { ok: true, cursor: this.log.cursorAt(place), replayed, gap };
  }

  #leave(): void {
    for (const room of this.socket.rooms) {
      if (room !== this.socket.id) void this.socket.leave(room);
    }
  }

  #join({ cameras, kinds }: EventFilter): void {
    for (const kind of kinds) {
      if (cameras === '*') void this.socket.join(roomOf(kind, '*'));
      else for (const camera of cameras) void this.socket.join(roomOf(kind, camera));
    }
  }
}

const superseded: SubscribeReply = {
  ok: false,
  error: { code: 'superseded', message: 'A later subscribe of this socket took its place.' },
};
const left: SubscribeReply = {
  ok: false,
  error: { code: 'disconnected', message: 'The socket was closed before the replay ended.' },
};
