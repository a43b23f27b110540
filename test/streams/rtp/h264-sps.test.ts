import { expect } from 'chai';
import fc from 'fast-check';
import { unescapeNal } from '../../../streams/rtp/h264-nal.js';
import { parseSps } from '../../../streams/rtp/h264-sps.js';

describe('parseSps', () => {
  // Each was written by x264 for a picture of that size.
  const written: readonly [string, string, number, number][] = [
    ['a picture of whole macroblocks', '6764000aacd9420db011000003000100000300140f122596', 128, 96],
    ['1080 lines, cropped from 1088', '67640028acd940780227e5c044000003000400000300503c60c658', 1920, 1080],
    ['a baseline picture', '6742c016d900a02ff97011000003000100000300140f162e48', 640, 360],
    [
      '4:2:2 chroma, where lines crop one by one',
      '677a0016bcd940a42fe227c044000003000400000300503c58b658',
      642,
      362,
    ],
    ['4:4:4 chroma', '67f4000a919b2849fc7c7e022000000300200000030281e244b2c0', 130, 98],
    ['interlaced lines', '67640015acd941510f1126022000000300200000030283e28532c0', 322, 244],
  ];
  for (const [what, hex, width, height] of written) {
    it(`reads the size of ${what}`, () => {
      expect(parseSps(Buffer.from(hex, 'hex'))).to.deep.include({ width, height });
    });
  }

  it('answers nothing for what is cut short or is no parameter set', () => {
    const sps = Buffer.from('67640028acd940780227e5c044', 'hex');
    for (let length = 0; length < 9; length += 1)
      expect(parseSps(sps.subarray(0, length))).to.equal(undefined);
    expect(parseSps(Buffer.from('6588', 'hex'))).to.equal(undefined);
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        parseSps(Buffer.concat([Buffer.from([0x67]), bytes]));
      }),
    );
  });
});

describe('unescapeNal', () => {
  it('removes emulation prevention bytes and nothing else', () => {
    expect(unescapeNal(Buffer.from('0000030103000003', 'hex')).toString('hex')).to.equal('000001030000');
  });
});
