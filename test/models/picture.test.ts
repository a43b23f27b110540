import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Sharp } from 'sharp';
import sharp from 'sharp';
import { PictureError, decodePicture } from '../../models/picture.js';
import { samplePath } from './helpers/pictures.js';
import { temporaryFolder } from './helpers/temporary-folder.js';

async function failure(source: string | Uint8Array): Promise<PictureError> {
  try {
    await decodePicture(source);
  } catch (error) {
    if (error instanceof PictureError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

/** Left half red, right half blue. */
function halves(): Sharp {
  const pixels = Uint8Array.from([255, 0, 0, 0, 0, 255]);
  return sharp(pixels, { raw: { width: 2, height: 1, channels: 3 } }).resize(8, 4, { kernel: 'nearest' });
}

describe('decodePicture', () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
    it(`decodes ${format} to rgb24`, async () => {
      const { width, height, data } = await decodePicture(await halves().toFormat(format).toBuffer());
      expect([width, height, data.length]).to.deep.equal([8, 4, 96]);
      expect(data[0]).to.be.above(200);
      expect(data[2]).to.be.below(60);
      expect(data[7 * 3]).to.be.below(60);
      expect(data[7 * 3 + 2]).to.be.above(200);
    });
  }

  it('turns a picture upright by its EXIF orientation', async () => {
    // Orientation 6: the camera was turned; the first row of what is stored is the right column of what was seen.
    const stored = await halves().withMetadata({ orientation: 6 }).png().toBuffer();
    const { width, height, data } = await decodePicture(stored);
    expect([width, height]).to.deep.equal([4, 8]);
    expect([...data.subarray(0, 3)]).to.deep.equal([255, 0, 0]);
    expect([...data.subarray(-3)]).to.deep.equal([0, 0, 255]);
  });

  it('gives three channels for grey and for transparent pictures', async () => {
    const grey = await decodePicture(await halves().greyscale().png().toBuffer());
    expect(grey.data.length).to.equal(96);
    const clear = await sharp({ create: { width: 2, height: 2, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    expect([...(await decodePicture(clear)).data]).to.deep.equal(Array.from({ length: 12 }, () => 255));
  });

  it('reads files', async () => {
    expect((await decodePicture(samplePath(1))).width).to.equal(1920);
  });

  it('tells what is no picture, what is damaged and what cannot be read', async () => {
    const folder = temporaryFolder();
    const text = join(folder, 'text.jpg');
    await writeFile(text, 'this is no picture');
    expect((await failure(text)).code).to.equal('not_an_image');
    expect((await failure(new Uint8Array())).code).to.equal('not_an_image');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    expect((await failure(svg)).code).to.equal('not_an_image');
    const jpeg = await sharp(samplePath(1)).resize(300).jpeg().toBuffer();
    expect((await failure(jpeg.subarray(0, jpeg.length / 2))).code).to.equal('damaged');
    expect((await failure(join(folder, 'nowhere.jpg'))).code).to.equal('unreadable');
  });

  it('refuses more pixels than it would hold in memory, before it decodes them', async () => {
    const huge = await sharp({ create: { width: 12000, height: 9000, channels: 3, background: 'red' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const error = await failure(huge);
    expect(error.code).to.equal('too_large');
    expect(error.message).to.contain('12000 x 9000');
  });
});
