import { FrameCredit } from './frame-credit.js';
import type { FrameEvent } from './events.js';

/** Sends one frame to one client; `taken` is called when the client acknowledges it. */
export type SendFrame = (frame: FrameEvent, taken: () => void) => void;

/** Where frames went; `offered = sent + dropped (all reasons) + waiting`. */
export interface FrameStats {
  /** Frames times the clients that wanted them. */
  readonly offered: number;
  readonly sent: number;
  readonly waiting: number;
  readonly dropped: {
    /** A newer frame of the camera came before the client had credit. */
    readonly newer: number;
    /** The client left, or no longer wants the camera. */
    readonly gone: number;
  };
}

interface FrameClient {
  readonly send: SendFrame;
  readonly credits: Map<string, FrameCredit>;
  cameras: ReadonlySet<string> | '*';
}

/** Hands frames to clients, each within its credit. Knows nothing of sockets. */
export class FrameHub<Id> {
  readonly #clients = new Map<Id, FrameClient>();
  #offered = 0;
  #sent = 0;
  #newer = 0;
  #gone = 0;

  /** Sets which cameras' frames a client wants; frames under way still count against its credit. */
  want(id: Id, cameras: readonly string[] | '*', send: SendFrame): void {
    const wanted = cameras === '*' ? cameras : new Set(cameras);
    const client = this.#clients.get(id);
    if (client === undefined) {
      this.#clients.set(id, { send, credits: new Map(), cameras: wanted });
      return;
    }
    client.cameras = wanted;
    for (const [camera, credit] of client.credits) {
      if (!wants(client, camera)) this.#gone += credit.discard();
    }
  }

  /** Forgets a client that left. */
  remove(id: Id): void {
    for (const credit of this.#clients.get(id)?.credits.values() ?? []) this.#gone += credit.discard();
    this.#clients.delete(id);
  }

  /** Offers a frame to every client that wants its camera. */
  publish(frame: FrameEvent): void {
    for (const client of this.#clients.values()) {
      if (!wants(client, frame.cameraId)) continue;
      this.#offered++;
      const credit = creditOf(client, frame.cameraId);
      const outcome = credit.offer(frame);
      if (outcome === 'send') this.#send(client, credit, frame);
      if (outcome === 'replaces') this.#newer++;
    }
  }

  stats(): FrameStats {
    const settled = this.#sent + this.#newer + this.#gone;
    return {
      offered: this.#offered,
      sent: this.#sent,
      waiting: this.#offered - settled,
      dropped: { newer: this.#newer, gone: this.#gone },
    };
  }

  #send(client: FrameClient, credit: FrameCredit, frame: FrameEvent): void {
    this.#sent++;
    client.send(frame, () => {
      const next = credit.acknowledge();
      if (next !== undefined) this.#send(client, credit, next);
      else if (credit.idle) client.credits.delete(frame.cameraId);
    });
  }
}

function wants(client: FrameClient, cameraId: string): boolean {
  return client.cameras === '*' || client.cameras.has(cameraId);
}

function creditOf(client: FrameClient, cameraId: string): FrameCredit {
  const known = client.credits.get(cameraId);
  if (known !== undefined) return known;
  const credit = new FrameCredit();
  client.credits.set(cameraId, credit);
  return credit;
}
