import type { AccessUnit } from '../access-unit.js';

/** Bounds of the cache; packets and units have the byte bound each for themselves. */
export interface GopLimits {
  readonly packets: number;
  readonly bytes: number;
}

/** Ten seconds of 6 Mbit/s: longer groups are not kept, as a viewer would spend too long to catch up. */
export const defaultGopLimits: GopLimits = { packets: 8000, bytes: 8 * 1024 * 1024 };

/**
 * Everything since the last keyframe, so that a viewer or decoder that joins has a picture at once.
 *
 * A group of pictures that outgrows the limits is forgotten as a whole (its beginning is what makes it useful), and
 * the cache is empty until the next keyframe.
 */
export class GopCache {
  readonly #limits: GopLimits;
  #packets: { readonly packet: Buffer; readonly timestamp: number }[] = [];
  #packetBytes = 0;
  #units: AccessUnit[] = [];
  #unitBytes = 0;
  /** True from a whole keyframe on; before that, only the packets of the newest picture are kept, in case it is one. */
  #started = false;

  constructor(limits: GopLimits = defaultGopLimits) {
    this.#limits = limits;
  }

  /** Adds a packet in order; `timestamp` is its RTP timestamp. */
  addPacket(packet: Buffer, timestamp: number): void {
    if (!this.#started && this.#packets.at(-1)?.timestamp !== timestamp) this.clear();
    this.#packets.push({ packet, timestamp });
    this.#packetBytes += packet.length;
    if (this.#packets.length > this.#limits.packets || this.#packetBytes > this.#limits.bytes) this.clear();
  }

  /** Adds a whole picture, after the packets it is made of. */
  addUnit(unit: AccessUnit): void {
    if (unit.keyframe) this.#restart(unit.rtpTimestamp);
    if (!this.#started) return;
    this.#units.push(unit);
    this.#unitBytes += unit.data.length;
    if (this.#unitBytes > this.#limits.bytes) this.clear();
  }

  /** Forgets everything. */
  clear(): void {
    this.#packets = [];
    this.#packetBytes = 0;
    this.#units = [];
    this.#unitBytes = 0;
    this.#started = false;
  }

  /** The packets since the last keyframe, oldest first; empty before one. */
  packets(): Buffer[] {
    return this.#started ? this.#packets.map(({ packet }) => packet) : [];
  }

  /** The pictures since the last keyframe, oldest first; empty before one. */
  units(): AccessUnit[] {
    return [...this.#units];
  }

  #restart(timestamp: number): void {
    const start = this.#packets.findIndex((entry) => entry.timestamp === timestamp);
    const kept = start === -1 ? [] : this.#packets.slice(start);
    this.clear();
    this.#packets = kept;
    this.#packetBytes = kept.reduce((sum, { packet }) => sum + packet.length, 0);
    this.#started = kept.length > 0;
  }
}
