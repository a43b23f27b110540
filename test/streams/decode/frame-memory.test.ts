import { expect } from 'chai';
import { FrameMemory } from '../../../streams/decode/frame-memory.js';

describe('FrameMemory', () => {
  it('hands out what was given back, where it has the size', () => {
    const memory = new FrameMemory();
    const { buffer } = memory.take(300);
    memory.give(buffer as ArrayBuffer);
    expect(memory.take(200).buffer).not.to.equal(buffer);
    expect(memory.take(300).buffer).to.equal(buffer);
    expect(memory.take(300).buffer).not.to.equal(buffer);
  });

  it('hands out pieces that are nothing but that frame, so that they can be moved', () => {
    const { buffer, byteOffset, byteLength } = new FrameMemory().take(300);
    expect([buffer.byteLength, byteOffset, byteLength]).to.deep.equal([300, 0, 300]);
  });

  it('keeps no more than eight, those that came last', () => {
    const memory = new FrameMemory();
    const pieces = Array.from({ length: 20 }, () => new ArrayBuffer(30));
    for (const piece of pieces) memory.give(piece);
    const kept = Array.from({ length: 9 }, () => pieces.indexOf(memory.take(30).buffer as ArrayBuffer));
    expect(kept).to.deep.equal([12, 13, 14, 15, 16, 17, 18, 19, -1]);
  });
});
