import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import fc from 'fast-check';
import type { RgbImage } from '../../../../models/image.js';
import { deviceFrames, deviceInput } from '../../../../server/cli/classify/device-frames.js';
import { InputError } from '../../../../server/cli/classify/input-error.js';
import { PpmReader } from '../../../../server/cli/classify/ppm-reader.js';
import { untilEscape } from '../../../../server/cli/classify/until-escape.js';

const never = new AbortController().signal;

async function collect(frames: AsyncIterable<RgbImage>): Promise<RgbImage[]> {
  const all: RgbImage[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

describe('A camera of this machine', function () {
  this.timeout(30_000);

  it('gives whole pictures of its own size until it ends', async () => {
    let skipped = 0;
    const input = { format: 'lavfi', input: 'color=red:size=50x30:rate=10:duration=0.5' };
    const frames = await collect(deviceFrames(input, never, () => skipped++));
    expect(frames.length + skipped).to.equal(5);
    for (const { width, height, data } of frames) {
      expect([width, height, data.length]).to.deep.equal([50, 30, 4500]);
      expect(data[0]).to.be.greaterThan(240);
      expect(data[1]).to.be.lessThan(15);
    }
  });

  it('leaves out what comes while a picture is being used, and ends at the signal', async () => {
    const stop = new AbortController();
    let skipped = 0;
    const endless = { format: 'lavfi', input: 'testsrc=size=64x48:rate=1000' };
    let taken = 0;
    for await (const frame of deviceFrames(endless, stop.signal, () => skipped++)) {
      expect(frame.width).to.equal(64);
      taken++;
      while (skipped < 3 * taken) await new Promise((resolve) => setImmediate(resolve));
      if (taken === 2) stop.abort();
    }
    expect(taken).to.equal(2);
  });

  it('says in plain words that there is none', async () => {
    const missing = deviceFrames(deviceInput('/dev/video-none', 'linux'), never, () => undefined);
    const error = await collect(missing).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(InputError);
    expect(String(error)).to.match(/No camera \/dev\/video-none|v4l2/);
  });

  it('is opened as each system calls its cameras', () => {
    expect(deviceInput('', 'linux')).to.deep.equal({ format: 'v4l2', input: '/dev/video0' });
    expect(deviceInput('/dev/video2', 'linux').input).to.equal('/dev/video2');
    expect(deviceInput('', 'darwin')).to.deep.equal({ format: 'avfoundation', input: '0' });
    expect(() => deviceInput('', 'win32')).to.throw(InputError, 'win32');
  });
});

describe('PpmReader', () => {
  it('finds the same pictures however the stream is cut into pieces', () => {
    const picture = fc.record({
      width: fc.integer({ min: 1, max: 9 }),
      height: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(
        fc.array(picture, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
        (sizes, cuts) => {
          const wanted = sizes.map(({ width, height }, i) => ({
            width,
            height,
            data: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7 + i) % 256),
          }));
          const stream = Buffer.concat(
            wanted.flatMap(({ width, height, data }) => [Buffer.from(`P6\n${width} ${height}\n255\n`), data]),
          );
          const got: RgbImage[] = [];
          const reader = new PpmReader((one) => got.push(one));
          for (let at = 0; at < stream.length;) {
            const { value = 1 } = cuts.next() as { value?: number };
            reader.push(stream.subarray(at, at + value));
            at += value;
          }
          expect(got).to.deep.equal(wanted);
        },
      ),
    );
  });

  it('refuses another stream', () => {
    expect(() => new PpmReader(() => undefined).push(Buffer.alloc(100, 'x'))).to.throw(
      RangeError,
      'no stream',
    );
  });
});

describe('untilEscape', () => {
  it('stops at Esc, q and Ctrl-C, not at an arrow key, and gives the terminal back', () => {
    for (const key of ['\u001b', 'q', '\u0003']) {
      const raw: boolean[] = [];
      const keys = Object.assign(new PassThrough(), {
        isTTY: true,
        setRawMode: (on: boolean) => raw.push(on),
      });
      let stopped = 0;
      const release = untilEscape(keys, () => stopped++);
      keys.emit('data', Buffer.from('\u001b[A'));
      keys.emit('data', Buffer.from('x'));
      expect(stopped).to.equal(0);
      keys.emit('data', Buffer.from(key));
      keys.emit('data', Buffer.from(key));
      release();
      expect([stopped, raw]).to.deep.equal([1, [true, false]]);
    }
  });

  it('leaves an input alone that is no terminal', () => {
    const keys = new PassThrough();
    untilEscape(keys, () => undefined)();
    expect(keys.listenerCount('data')).to.equal(0);
  });
});
