import { expect } from 'chai';
import fc from 'fast-check';
import { parseRtp, writeRtp } from '../../../streams/rtp/rtp-packet.js';

const fields = fc.record({
  marker: fc.boolean(),
  payloadType: fc.integer({ min: 96, max: 127 }),
  sequenceNumber: fc.integer({ min: 0, max: 0xffff }),
  timestamp: fc.integer({ min: 0, max: 0xffffffff }),
  ssrc: fc.integer({ min: 0, max: 0xffffffff }),
  payload: fc.uint8Array({ minLength: 1, maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
});

describe('RTP packets', () => {
  it('read back what was written', () => {
    fc.assert(
      fc.property(fields, (given) => {
        expect(parseRtp(writeRtp(given))).to.deep.equal(given);
      }),
    );
  });

  it('lose contributing sources, header extension and padding', () => {
    fc.assert(
      fc.property(
        fields,
        fc.integer({ min: 0, max: 15 }),
        fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
        fc.integer({ min: 0, max: 20 }),
        (given, sources, extensionWords, padding) => {
          const plain = writeRtp(given);
          const header = Buffer.from(plain.subarray(0, 12));
          header[0] = 0x80 | sources | (extensionWords === undefined ? 0 : 0x10) | (padding > 0 ? 0x20 : 0);
          const extension = Buffer.alloc(extensionWords === undefined ? 0 : 4 + extensionWords * 4, 0xee);
          if (extensionWords !== undefined) extension.writeUInt16BE(extensionWords, 2);
          const tail = Buffer.alloc(padding);
          if (padding > 0) tail[padding - 1] = padding;
          const dressed = Buffer.concat([
            header,
            Buffer.alloc(sources * 4, 0xcc),
            extension,
            given.payload,
            tail,
          ]);
          expect(parseRtp(dressed)).to.deep.equal(given);
        },
      ),
    );
  });

  it('are refused when they are RTCP, another version, or run past their end', () => {
    const packet = writeRtp({
      marker: false,
      payloadType: 96,
      sequenceNumber: 1,
      timestamp: 2,
      ssrc: 3,
      payload: Buffer.from('payload'),
    });
    const change = (at: number, value: number): Buffer => {
      const copy = Buffer.from(packet);
      copy[at] = value;
      return copy;
    };
    expect(parseRtp(packet.subarray(0, 11))).to.equal(undefined);
    expect(parseRtp(change(0, 0x40))).to.equal(undefined);
    expect(parseRtp(change(0, 0x8f))).to.equal(undefined);
    expect(parseRtp(change(0, 0x90))).to.equal(undefined);
    expect(parseRtp(change(0, 0xa0))).to.equal(undefined);
    for (const report of [200, 201, 202, 203, 204, 205, 206]) {
      expect(parseRtp(change(1, report))).to.equal(undefined);
    }
  });

  it('never throw, whatever the bytes are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void parseRtp(Buffer.from(bytes))));
  });
});
