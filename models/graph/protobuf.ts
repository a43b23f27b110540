/**
 * Writes one protobuf message (https://protobuf.dev/programming-guides/encoding/). Fields go out in the order of the
 * calls; nothing is checked against a schema.
 */
export class MessageWriter {
  readonly #chunks: Uint8Array[] = [];

  /** A whole number of type int32, int64, enum or bool; negative ones as int64. */
  varint(field: number, value: number): this {
    this.#chunks.push(varint(field * 8), varint(value));
    return this;
  }

  /** A number of type float. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#chunks.push(varint(field * 8 + 5), bytes);
    return this;
  }

  /** A number of type double. */
  double(field: number, value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.#chunks.push(varint(field * 8 + 1), bytes);
    return this;
  }

  /** Bytes, or a string in UTF-8. */
  bytes(field: number, value: Uint8Array | string): this {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    this.#chunks.push(varint(field * 8 + 2), varint(bytes.length), bytes);
    return this;
  }

  /** A message inside the message. */
  message(field: number, value: MessageWriter): this {
    return this.bytes(field, value.finish());
  }

  /** An entry of a map whose keys are strings and whose values are messages. */
  entry(field: number, key: string, value: MessageWriter): this {
    return this.message(field, new MessageWriter().bytes(1, key).message(2, value));
  }

  /** The encoded message. */
  finish(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
}

/** A whole number in base 128, lowest group first; negative numbers as their 64-bit two's complement. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number: ${value}`);
  const groups: number[] = [];
  let rest = value < 0 ? BigInt.asUintN(64, BigInt(value)) : BigInt(value);
  do {
    const group = Number(rest & 0x7fn);
    rest >>= 7n;
    groups.push(rest > 0n ? group | 0x80 : group);
  } while (rest > 0n);
  return Uint8Array.from(groups);
}
