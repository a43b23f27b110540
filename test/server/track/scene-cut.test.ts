import { expect } from 'chai';
import sharp from 'sharp';
import { fileURLToPath } from 'node:url';
import type { RgbImage } from '../../../models/image.js';
import { isCut, thumbnail, type Thumbnail } from '../../../server/track/scene-cut.js';

const samples = [1, 2, 3, 4, 5, 6].map((n) =>
  fileURLToPath(new URL(`../../../node_modules/@vladmandic/face-api/demo/sample${n}.jpg`, import.meta.url)),
);

async function view(file: string, left = 0, brightness = 1): Promise<Thumbnail> {
  const whole = await sharp(file).resize(800, 360, { fit: 'cover' }).removeAlpha().toBuffer();
  const { data, info } = await sharp(whole)
    .extract({ left, top: 0, width: 640, height: 360 })
    .linear(brightness, 0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return thumbnail({ width: info.width, height: info.height, data });
}

function filled(value: number): RgbImage {
  return { width: 64, height: 36, data: new Uint8Array(64 * 36 * 3).fill(value) };
}

describe('isCut', () => {
  it('sees a cut between any two different pictures, and none between a picture and itself', async () => {
    const views = await Promise.all(samples.map((file) => view(file)));
    views.forEach((a, i) => {
      views.forEach((b, j) => expect(isCut(a, b), `${i + 1} to ${j + 1}`).to.equal(i !== j));
    });
  });

  it('takes a pan by a quarter of the picture for no cut', async () => {
    for (const file of samples) {
      expect(isCut(await view(file, 0), await view(file, 140)), file).to.equal(false);
    }
  });

  it('takes a change of the light for no cut', async () => {
    for (const file of samples)
      expect(isCut(await view(file), await view(file, 0, 0.5)), file).to.equal(false);
  });

  it('compares plain frames by their grey value', () => {
    expect(isCut(thumbnail(filled(0)), thumbnail(filled(20)))).to.equal(false);
    expect(isCut(thumbnail(filled(0)), thumbnail(filled(255)))).to.equal(true);
  });

  it('works on pictures smaller than a thumbnail', () => {
    const tiny = thumbnail({ width: 2, height: 1, data: new Uint8Array([255, 255, 255, 0, 0, 0]) });
    expect(isCut(tiny, tiny)).to.equal(false);
  });
});
