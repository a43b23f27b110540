import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { barcodeReaderSource, drawBarcode, readBarcode } from '../helpers/barcode.js';
import type { ClipCodec } from '../helpers/media.js';
import { faceClip, labelledFaces } from '../helpers/media.js';

const run = promisify(execFile);

async function probe(path: string): Promise<{ codec_name: string; has_b_frames: number; width: number }> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-of', 'json'],
    ...['-show_entries', 'stream=codec_name,has_b_frames,width', path],
  ]);
  return (JSON.parse(stdout) as { streams: [{ codec_name: string; has_b_frames: number; width: number }] })
    .streams[0];
}

describe('test media', function () {
  this.timeout(120_000);

  const codecs: readonly (readonly [ClipCodec, string, boolean])[] = [
    ['h264', 'h264', false],
    ['h264-b-frames', 'h264', true],
    ['hevc', 'hevc', false],
    ['mpeg4', 'mpeg4', false],
    ['mjpeg', 'mjpeg', false],
    ['vp8', 'vp8', false],
  ];
  for (const [codec, name, bFrames] of codecs) {
    it(`makes a clip in ${codec}`, async () => {
      const facts = await probe(await faceClip({ codec, seconds: 1, fps: 10, width: 320, height: 180 }));
      expect(facts.codec_name).to.equal(name);
      expect(facts.has_b_frames > 0).to.equal(bFrames);
      expect(facts.width).to.equal(320);
    });
  }

  it('reads every frame number back after encoding, decoding and scaling', async () => {
    const clip = await faceClip({ seconds: 2, fps: 15, barcode: true });
    const { stdout } = await run(
      'ffmpeg',
      ['-v', 'error', '-i', clip, '-vf', 'scale=320:180', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
      { encoding: 'buffer', maxBuffer: 64 << 20 },
    );
    const size = 320 * 180 * 3;
    const numbers = Array.from({ length: stdout.length / size }, (_, index) =>
      readBarcode({ width: 320, height: 180, data: stdout.subarray(index * size, (index + 1) * size) }),
    );
    expect(numbers).to.deep.equal(Array.from({ length: 30 }, (_, index) => index));
  });

  it('gives a page the same barcode reader as the tests have', () => {
    // The source is a constant of this project; evaluating it is what a page does with it.
    const inPage = eval(barcodeReaderSource) as typeof readBarcode;
    const picture = { width: 640, height: 360, data: new Uint8Array(640 * 360 * 3) };
    expect(inPage(picture, 3)).to.equal(undefined);
    for (const number of [0, 1, 4711, 2 ** 20 - 1]) {
      drawBarcode(picture, number);
      expect([readBarcode(picture), inPage(picture, 3)]).to.deep.equal([number, number]);
    }
  });

  it('makes a labelled folder with the same faces in every state', async () => {
    const folder = await labelledFaces();
    const lists = await Promise.all(
      ['mask', 'no_mask', 'incorrect'].map(async (state) => (await readdir(join(folder, state))).sort()),
    );
    expect(lists[0]).to.have.length(22);
    expect(lists[1]).to.deep.equal(lists[0]);
    expect(lists[2]).to.deep.equal(lists[0]);
  });
});
