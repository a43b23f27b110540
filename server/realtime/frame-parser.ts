import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser';

/**
 * Encodes packets as socket.io does, but the body of a `frame` event once, however many clients it goes to: only the number
 * that they acknowledge it by differs. A frame is plain data, so it is not searched for buffers either.
 */
class FrameEncoder extends Encoder {
  /** Bodies by their event; gone when the event is. */
  readonly #bodies = new WeakMap<object, string>();

  override encode(packet: Packet): unknown[] {
    const { type, id, nsp } = packet;
    const data: unknown = packet.data;
    if (type !== PacketType.EVENT || nsp !== '/' || !Array.isArray(data)) return super.encode(packet);
    const [name, frame] = data as readonly unknown[];
    if (name !== 'frame' || typeof frame !== 'object' || frame === null) return super.encode(packet);
    const body = this.#bodies.get(frame) ?? JSON.stringify(data);
    this.#bodies.set(frame, body);
    return [`${type}${id ?? ''}${body}`];
  }
}

/** What the event server speaks; clients cannot tell it from socket.io's own parser. */
export const frameParser = { Encoder: FrameEncoder, Decoder };
