import { expect } from 'chai';
import type { AccessUnit } from '../../../streams/access-unit.js';
import { createDecoder } from '../../../streams/decode/decoder.js';
import type { DecodedFrame, Decoder, DecoderOptions } from '../../../streams/decode/decoder.js';
import { clipUnits } from '../../helpers/clip-units.js';

/** Collects what a decoder reports, and lets a test wait until a condition holds. */
class Recorder {
  readonly frames: DecodedFrame[] = [];
  readonly dropped: Record<string, number> = {};
  readonly errors: string[] = [];
  lost = 0;
  keyframesWanted = 0;
  readonly decoder: Decoder;
  #check: () => void = () => undefined;

  constructor(options: DecoderOptions) {
    this.decoder = createDecoder(options, {
      onFrame: (frame) => {
        this.frames.push(frame);
        this.#check();
      },
      onDropped: (reason, count) => {
        this.dropped[reason] = (this.dropped[reason] ?? 0) + count;
        this.#check();
      },
      onLost: (count) => {
        this.lost += count;
        this.#check();
      },
      onKeyframeWanted: () => {
        this.keyframesWanted += 1;
      },
      onError: (reason) => {
        this.errors.push(reason);
        this.#check();
      },
    });
  }

  get counted(): number {
    return (
      this.frames.length + this.lost + Object.values(this.dropped).reduce((sum, count) => sum + count, 0)
    );
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#check = () => {
        if (condition()) resolve();
      };
      this.#check();
    });
  }
}

const h264 = { codec: 'h264', width: 640, height: 360, fps: 20, seconds: 3 } as const;

/** Blanks a unit's picture data, so that ffmpeg has nothing to decode. */
function spoil(unit: AccessUnit): AccessUnit {
  return { ...unit, data: Buffer.concat([Buffer.from([0, 0, 0, 1, 0x41]), Buffer.alloc(40, 0xff)]) };
}

describe('the decoder', () => {
  let recorder: Recorder;

  function start(options: Partial<DecoderOptions> = {}): Recorder {
    recorder = new Recorder({ codec: 'h264', width: 640, height: 360, maxSide: 320, fps: 10, ...options });
    return recorder;
  }

  afterEach(() => recorder.decoder.close());

  for (const codec of ['h264', 'vp8'] as const) {
    it(`turns ${codec} into frames that carry the timestamps of their units, and counts every unit once`, async () => {
      const units = await clipUnits({ ...h264, codec });
      const { decoder, frames, dropped } = start({ codec });
      for (const unit of units) decoder.write(unit);
      await recorder.until(() => recorder.counted === units.length);
      expect(frames.map(({ rtpTimestamp }) => rtpTimestamp)).to.deep.equal(
        units.filter((_, index) => index % 2 === 0).map(({ rtpTimestamp }) => rtpTimestamp),
      );
      expect(dropped).to.deep.equal({ rate: units.length / 2 });
      for (const frame of frames) {
        expect([frame.width, frame.height, frame.data.length]).to.deep.equal([320, 180, 320 * 180 * 3]);
        expect([frame.sourceWidth, frame.sourceHeight]).to.deep.equal([640, 360]);
      }
      expect(decoder.waiting).to.equal(0);
    });
  }

  it('hands out each frame before it has seen the next unit', async () => {
    const units = await clipUnits(h264);
    const { decoder, frames } = start({ fps: 20 });
    for (const [index, unit] of units.slice(0, 10).entries()) {
      decoder.write(unit);
      await recorder.until(() => frames.length === index + 1);
    }
    expect(frames.map(({ extendedTimestamp }) => extendedTimestamp)).to.deep.equal(
      units.slice(0, 10).map(({ extendedTimestamp }) => extendedTimestamp),
    );
  });

  it('joins each picture to its own timestamp', async () => {
    const units = await clipUnits(h264);
    const { decoder, frames } = start({ fps: 20 });
    for (const unit of units) decoder.write(unit);
    await recorder.until(() => frames.length === units.length);
    const first = frames.map(({ data }) => data);
    await decoder.close();
    // Again, one at a time: the picture of each timestamp must be the same.
    const again = start({ fps: 20 });
    for (const [index, unit] of units.entries()) {
      again.decoder.write(unit);
      await again.until(() => again.frames.length === index + 1);
      expect(again.frames[index]?.data.equals(first[index] ?? Buffer.alloc(0))).to.equal(true);
    }
  });

  it('waits for a keyframe and asks for one', async () => {
    const units = await clipUnits(h264);
    const { decoder, frames, dropped } = start();
    for (const unit of units.slice(5)) decoder.write(unit);
    await recorder.until(() => recorder.counted === units.length - 5);
    expect(dropped['no-keyframe']).to.equal(15);
    expect(recorder.keyframesWanted).to.equal(1);
    expect(frames[0]?.rtpTimestamp).to.equal(units[20]?.rtpTimestamp);
  });

  it('changes its frame rate without a new start', async () => {
    const units = await clipUnits(h264);
    const { decoder, frames } = start({ fps: 20 });
    for (const unit of units.slice(0, 20)) decoder.write(unit);
    decoder.setFps(5);
    for (const unit of units.slice(20)) decoder.write(unit);
    await recorder.until(() => recorder.counted === units.length);
    expect(frames.length).to.equal(20 + 10);
  });

  it('joins each VP8 picture to its own timestamp at every rate, also without pictures that nothing refers to', async () => {
    const units = await clipUnits({ ...h264, codec: 'vp8', disposable: true });
    expect(units.filter(({ disposable }) => disposable).length).to.equal(30);
    const all = start({ codec: 'vp8', fps: 20 });
    for (const unit of units) all.decoder.write({ ...unit, disposable: false });
    await all.until(() => all.counted === units.length);
    await all.decoder.close();
    const pictures = new Map(all.frames.map(({ rtpTimestamp, data }) => [rtpTimestamp, data]));

    const { decoder, frames, dropped } = start({ codec: 'vp8', fps: 20 });
    // As fast as the pictures come, then as fast as those that others refer to, then more slowly.
    for (const [index, unit] of units.entries()) {
      if (index === 20) decoder.setFps(9.9);
      if (index === 40) decoder.setFps(4.9);
      decoder.write(unit);
    }
    await recorder.until(() => recorder.counted === units.length);
    expect(dropped).to.deep.equal({ rate: units.length - frames.length });
    expect(frames.length).to.be.within(34, 36);
    const own = frames.filter(({ rtpTimestamp, data }) => pictures.get(rtpTimestamp)?.equals(data));
    expect(own.length).to.equal(frames.length);
  });

  it('goes on at the same frame size when a browser sends a smaller picture, and starts anew for another shape', async () => {
    const large = await clipUnits({ ...h264, seconds: 1 });
    const small = await clipUnits({
      ...h264,
      width: 320,
      height: 180,
      seconds: 1,
      firstTimestamp: 91_000,
    });
    const tall = await clipUnits({
      ...h264,
      width: 360,
      height: 640,
      seconds: 1,
      firstTimestamp: 181_000,
    });
    const { decoder, frames, dropped } = start({ fps: 20 });
    const units = [...large, ...small, ...tall];
    for (const unit of units) decoder.write(unit);
    await recorder.until(() => recorder.counted === units.length);
    expect(dropped).to.deep.equal({});
    expect(recorder.lost).to.equal(0);
    expect(
      frames.map(({ width, height, sourceWidth }) => `${width}x${height} of ${sourceWidth}`),
    ).to.deep.equal([
      ...large.map(() => '320x180 of 640'),
      ...small.map(() => '320x180 of 320'),
      ...tall.map(() => '180x320 of 360'),
    ]);
  });

  it('counts units that ffmpeg cannot decode', async () => {
    const units = await clipUnits(h264);
    const { decoder, frames } = start({ fps: 20 });
    const spoiled = units.map((unit, index) => (index === 18 || index === 19 ? spoil(unit) : unit));
    for (const unit of spoiled) decoder.write(unit);
    await recorder.until(() => recorder.counted === units.length);
    expect(recorder.dropped).to.deep.equal({ undecodable: 2 });
    expect(frames.length).to.equal(units.length - 2);
  });

  it('counts what is inside as lost when it is closed', async () => {
    const units = await clipUnits(h264);
    const { decoder } = start({ fps: 20 });
    for (const unit of units) decoder.write(unit);
    await decoder.close();
    await decoder.close();
    expect(recorder.counted).to.equal(units.length);
    expect(recorder.lost).to.be.greaterThan(0);
    expect(decoder.waiting).to.equal(0);
  });
});
