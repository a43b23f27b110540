import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import sharp from 'sharp';
import { createDetector } from '../../../models/detect/create-detector.js';
import type { Detector } from '../../../models/detector.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import type { Box, RgbImage } from '../../../models/image.js';
import { decodePicture } from '../../../models/picture.js';
import { readSampleFaces, samplePhotoPath } from '../../../server/demo/sample-faces.js';
import { makePicture, PictureRefusedError } from '../../../server/evidence/make-picture.js';

/** The share of a face's brightness that changes from one pixel to the next: eyes, nose and mouth are made of it. */
function detail({ width, data }: RgbImage, box: Box): number {
  let [sum, pixels] = [0, 0];
  for (let y = Math.round(box.y); y < box.y + box.height; y++) {
    for (let x = Math.round(box.x) + 1; x < box.x + box.width; x++) {
      const at = (y * width + x) * 3;
      sum += Math.abs((data[at] ?? 0) - (data[at - 3] ?? 0));
      pixels++;
    }
  }
  return sum / pixels;
}

describe('a picture of a moment', function () {
  this.timeout(120_000);
  let detector: Detector;
  let photo: RgbImage;
  const look = async (image: RgbImage, minScore?: number): Promise<Box[]> =>
    (await detector.detect([image], minScore)).flat().map(({ box }) => box);

  before(async () => {
    detector = await createDetector('maskwatch-h', await loadEngine({ threads: 1 }));
    const scaled = await sharp(await readFile(samplePhotoPath('sample2.jpg')))
      .resize({ width: 640, height: 640, fit: 'inside' })
      .png()
      .toBuffer();
    photo = await decodePicture(scaled);
  });
  after(() => detector.close());

  it('shows the scene and no face that a detector or anybody else could make out', async () => {
    const boxes = await look(photo);
    expect(boxes.length).to.be.at.least(3);
    const made = await makePicture({ image: photo, boxes, capturedAtMs: 5 }, true, look);
    const shown = await decodePicture(made.jpeg);
    expect(shown).to.include({ width: photo.width, height: photo.height });
    expect(made).to.include({ width: photo.width, height: photo.height, capturedAtMs: 5 });
    expect(await look(shown)).to.deep.equal([]);
    for (const box of boxes) {
      expect(detail(shown, box)).to.be.below(detail(photo, box) / 2);
    }
    expect((await sharp(made.jpeg).metadata()).exif).to.equal(undefined);
  });

  it('hides also faces that only the second look finds, and those that were there a moment ago', async () => {
    const [first, ...rest] = await look(photo);
    if (first === undefined) throw new Error('no face');
    const made = await makePicture({ image: photo, boxes: [first], capturedAtMs: 0 }, true, look);
    const shown = await decodePicture(made.jpeg);
    for (const box of rest) expect(detail(shown, box)).to.be.below(detail(photo, box) / 2);
    const gone = { x: 0, y: 0, width: 60, height: 60 };
    const after = await decodePicture(
      (await makePicture({ image: photo, boxes: [gone], capturedAtMs: 0 }, true, look)).jpeg,
    );
    expect(detail(after, gone)).to.be.below(5);
  });

  it('hides also what the detector is far from sure of', async () => {
    // Faces of 14 pixels, in fog: most of them are below the usual score.
    const { width, height, data } = photo;
    const small = await sharp(data, { raw: { width, height, channels: 3 } })
      .resize({ width: 240 })
      .linear(0.35, 150)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const faint = { width: small.info.width, height: small.info.height, data: new Uint8Array(small.data) };
    const [usual, eager] = [await look(faint), await look(faint, 0.15)];
    expect(eager.length).to.be.above(usual.length);
    const { jpeg } = await makePicture({ image: faint, boxes: [], capturedAtMs: 0 }, true, look);
    const shown = await decodePicture(jpeg);
    for (const box of eager) expect(detail(shown, box)).to.be.below(0.7 * detail(faint, box));
  });

  it('finds every face of every sample hidden', async () => {
    for (const [name, { faces }] of Object.entries(await readSampleFaces())) {
      const image = await decodePicture(await readFile(samplePhotoPath(name)));
      const boxes = faces.map(({ box }) => box);
      const { jpeg } = await makePicture({ image, boxes, capturedAtMs: 0 }, true, look);
      expect(await look(await decodePicture(jpeg)), name).to.deep.equal([]);
    }
  });

  it('is not given out while a face can be found in it', async () => {
    const stubborn = (): Promise<Box[]> => Promise.resolve([{ x: 10, y: 10, width: 40, height: 40 }]);
    const refusal: unknown = await makePicture(
      { image: photo, boxes: [], capturedAtMs: 0 },
      true,
      stubborn,
    ).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(PictureRefusedError);
  });

  it('shows faces where the site says so, and leaves the frame as it was', async () => {
    const before = Uint8Array.from(photo.data);
    const boxes = await look(photo);
    const { jpeg } = await makePicture({ image: photo, boxes, capturedAtMs: 0 }, false, look);
    expect((await look(await decodePicture(jpeg))).length).to.be.at.least(3);
    expect(Buffer.compare(before, photo.data)).to.equal(0);
  });
});
