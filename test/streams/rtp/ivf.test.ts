import { expect } from 'chai';
import { ivfFrame, ivfHeader } from '../../../streams/rtp/ivf.js';

describe('IVF', () => {
  it('names the codec, the size and a clock of 90 kHz in its header', () => {
    const header = ivfHeader('h264', { width: 1280, height: 720 });
    expect(header.toString('hex')).to.equal(
      [
        '444b4946',
        '0000',
        '2000',
        '48323634',
        '0005',
        'd002',
        '905f0100',
        '01000000',
        '00000000',
        '00000000',
      ].join(''),
    );
    expect(ivfHeader('vp8', { width: 1, height: 1 }).toString('latin1', 8, 12)).to.equal('VP80');
  });

  it('carries timestamps beyond 32 bits', () => {
    const frame = ivfFrame({ data: Buffer.from('abc'), extendedTimestamp: 2 ** 32 + 5 });
    expect(frame.toString('hex')).to.equal('03000000' + '0500000001000000' + '616263');
  });
});
