import type { SendTurn } from './send-turn.js';

/** What a feed needs from its surroundings. */
export interface PacketFeedOptions {
  /** Sends one packet; resolves when the transport took it. The packet is a copy that belongs to the callee. */
  readonly send: (packet: Buffer) => Promise<void>;
  /** True for a packet at which a decoder can start. */
  readonly beginsKeyframe: (packet: Buffer) => boolean;
  /** Shared with the feeds of all other viewers. */
  readonly turn: SendTurn;
}

/** Counters of one feed. */
export interface PacketFeedStats {
  readonly sent: number;
  /** Packets left out because the transport backed up, or because a keyframe must come first. */
  readonly dropped: number;
  /** Packets that the transport refused. */
  readonly failed: number;
}

/** Packets that may wait in the transport; UDP takes them at once, so more means that it is stuck. */
const maxInFlight = 256;
/** Packets that may wait while older ones are caught up with: a group of pictures at its greatest, and live ones. */
const maxWaiting = 12_000;
/** Catching up goes at 20 packets in 5 ms, about 40 Mbit/s: quick, but no flood for a Wi-Fi's buffers. */
const burstPackets = 20;
const burstIntervalMs = 5;

/**
 * The way of one camera's packets to one viewer: first the group of pictures so far, paced, then live packets as they
 * come, those of a burst in as many turns of the event loop as it takes. What the transport cannot take is dropped up to
 * the next keyframe, never queued without bound.
 */
export class PacketFeed {
  readonly #options: PacketFeedOptions;
  #waiting: Buffer[] = [];
  /** Takes back the next time that waiting packets are sent. */
  #cancel: (() => void) | undefined;
  /** Waiting packets are old ones, or behind such. */
  #replaying = false;
  #inFlight = 0;
  #needsKeyframe = true;
  /** Added to sequence numbers, so that packets sent a second time are new ones for the viewer. */
  #offset = 0;
  #newest: number | undefined;
  #sent = 0;
  #dropped = 0;
  #failed = 0;
  #closed = false;

  constructor(options: PacketFeedOptions) {
    this.#options = options;
  }

  /** True while earlier packets are still on their way. */
  get catchingUp(): boolean {
    return this.#replaying;
  }

  /** True while packets are dropped because a keyframe must come first. */
  get needsKeyframe(): boolean {
    return this.#needsKeyframe;
  }

  /** Sends a group of pictures from its keyframe on, under new numbers if something was sent before. */
  replay(gop: readonly Buffer[]): void {
    const first = gop[0];
    if (first === undefined || this.#closed) return;
    if (this.#newest !== undefined) this.#offset = this.#newest + 1 - first.readUInt16BE(2);
    this.#needsKeyframe = false;
    this.#waiting = [...gop];
    this.#replaying = true;
    this.#cancel?.();
    this.#pump();
  }

  /** Takes the next live packet. */
  push(packet: Buffer): void {
    if (this.#closed) return;
    if (this.#waiting.length === 0 && this.#options.turn.take()) {
      this.#transmit(packet);
    } else if (this.#waiting.length < maxWaiting) {
      this.#waiting.push(packet);
      if (this.#cancel === undefined) this.#goOn();
    } else {
      this.#dropped += this.#waiting.length + 1;
      this.#forget();
      this.#needsKeyframe = true;
    }
  }

  stats(): PacketFeedStats {
    return { sent: this.#sent, dropped: this.#dropped, failed: this.#failed };
  }

  /** Forgets what waits and takes no more. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#forget();
  }

  #forget(): void {
    this.#waiting = [];
    this.#replaying = false;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #pump(): void {
    this.#cancel = undefined;
    const most = this.#replaying ? burstPackets : this.#waiting.length;
    let sent = 0;
    while (sent < Math.min(most, this.#waiting.length) && this.#options.turn.take()) {
      const packet = this.#waiting[sent++];
      if (packet !== undefined) this.#transmit(packet);
    }
    this.#waiting.splice(0, sent);
    if (this.#waiting.length > 0) this.#goOn();
    else this.#replaying = false;
  }

  /** Sends on what waits: old packets paced, those of a burst as soon as others had their turn. */
  #goOn(): void {
    if (this.#replaying) {
      const timer = setTimeout(() => this.#pump(), burstIntervalMs);
      this.#cancel = () => clearTimeout(timer);
    } else {
      const immediate = setImmediate(() => this.#pump());
      this.#cancel = () => clearImmediate(immediate);
    }
  }

  #transmit(packet: Buffer): void {
    const isUseless = this.#needsKeyframe && !this.#options.beginsKeyframe(packet);
    if (isUseless || this.#inFlight >= maxInFlight) {
      this.#needsKeyframe = true;
      this.#dropped += 1;
      return;
    }
    this.#needsKeyframe = false;
    const copy = Buffer.from(packet);
    const sequence = (packet.readUInt16BE(2) + this.#offset) & 0xffff;
    copy.writeUInt16BE(sequence, 2);
    if (this.#newest === undefined || ((sequence - this.#newest) & 0xffff) < 0x8000) this.#newest = sequence;
    this.#sent += 1;
    void this.#send(copy);
  }

  async #send(packet: Buffer): Promise<void> {
    this.#inFlight += 1;
    try {
      await this.#options.send(packet);
    } catch {
      // A single packet that UDP refuses is like one that is lost on the way; the viewer asks again.
      this.#failed += 1;
    } finally {
      this.#inFlight -= 1;
    }
  }
}
