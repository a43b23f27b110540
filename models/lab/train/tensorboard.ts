import { MessageWriter } from '../../graph/protobuf.js';
import type { EpochResult } from './checkpoint.js';

/** File name that TensorBoard looks for; one run folder holds one. */
export const eventFileName = 'events.out.tfevents.0.maskwatch';

/**
 * The epochs of a run as a TensorBoard event file: TFRecords of `Event` messages (tensorflow/core/util/event.proto), one
 * a scalar and epoch. The whole file is written anew after each epoch, so a resumed run leaves no double entries.
 * @param seconds wall-clock time of the writing, in seconds since 1970
 */
export function eventFile(history: readonly EpochResult[], seconds: number): Uint8Array {
  const version = new MessageWriter().double(1, seconds).bytes(3, 'brain.Event:2');
  const records = [record(version.finish())];
  for (const { epoch, ...scalars } of history) {
    const summary = new MessageWriter();
    for (const [tag, value] of Object.entries(scalars)) {
      // What a run did not measure is absent.
      if (value !== undefined) summary.message(1, new MessageWriter().bytes(1, tag).float(2, value));
    }
    records.push(
      record(new MessageWriter().double(1, seconds).varint(2, epoch).message(5, summary).finish()),
    );
  }
  return Buffer.concat(records);
}

/** A TFRecord: length, its checksum, the data, its checksum. */
function record(data: Uint8Array): Uint8Array {
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(BigInt(data.length));
  head.writeUInt32LE(maskedCrc(head.subarray(0, 8)), 8);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(maskedCrc(data));
  return Buffer.concat([head, data, tail]);
}

function maskedCrc(data: Uint8Array): number {
  const crc = crc32c(data);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** CRC-32C (Castagnoli, RFC 3720 appendix B.4), bit by bit: event files are small. */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) === 1 ? 0x82f63b78 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
