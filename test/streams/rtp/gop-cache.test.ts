import { expect } from 'chai';
import type { AccessUnit } from '../../../streams/access-unit.js';
import { GopCache } from '../../../streams/rtp/gop-cache.js';

function unit(rtpTimestamp: number, keyframe: boolean, bytes = 10): AccessUnit {
  return {
    rtpTimestamp,
    extendedTimestamp: rtpTimestamp,
    keyframe,
    data: Buffer.alloc(bytes),
    capturedAtMs: 0,
    width: 16,
    height: 16,
  };
}

describe('GopCache', () => {
  it('forgets a group of pictures that has too many packets, until the next keyframe', () => {
    const cache = new GopCache({ packets: 3, bytes: 1000 });
    const add = (timestamp: number, keyframe: boolean): void => {
      cache.addPacket(Buffer.alloc(10), timestamp);
      cache.addUnit(unit(timestamp, keyframe));
    };
    add(1, true);
    add(2, false);
    add(3, false);
    expect(cache.packets()).to.have.length(3);
    add(4, false);
    expect(cache.packets()).to.deep.equal([]);
    expect(cache.units()).to.deep.equal([]);
    add(5, false);
    expect(cache.packets()).to.deep.equal([]);
    add(6, true);
    expect(cache.packets()).to.have.length(1);
    expect(cache.units()).to.have.length(1);
  });

  it('forgets a group of pictures that has too many bytes', () => {
    const cache = new GopCache({ packets: 100, bytes: 25 });
    cache.addPacket(Buffer.alloc(20), 1);
    cache.addUnit(unit(1, true, 20));
    expect(cache.units()).to.have.length(1);
    cache.addUnit(unit(2, false, 20));
    expect(cache.units()).to.deep.equal([]);
    expect(cache.packets()).to.deep.equal([]);
  });
});
