import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { hasBSlice } from '../../../streams/rtp/h264-b-frames.js';

const run = promisify(execFile);

/** Two seconds of a moving test picture, as one Annex B stream, with that many B-frames in a row at most. */
async function encode(bFrames: number): Promise<Buffer> {
  const source = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=128x96:rate=10', '-t', '2'];
  const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', String(bFrames), '-f', 'h264', 'pipe:1'];
  const { stdout } = await run('ffmpeg', [...source, ...encoder], {
    encoding: 'buffer',
    maxBuffer: 4_000_000,
  });
  return stdout;
}

describe('hasBSlice', () => {
  it('tells video with B-frames from video without', async () => {
    expect(hasBSlice(await encode(2))).to.equal(true);
    expect(hasBSlice(await encode(0))).to.equal(false);
  });

  it('answers no for slices that are cut short', () => {
    expect(hasBSlice(Buffer.from('0000000141', 'hex'))).to.equal(false);
    expect(hasBSlice(Buffer.alloc(0))).to.equal(false);
  });
});
