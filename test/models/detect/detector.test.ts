import { expect } from 'chai';
import { createDetector, detectorNames } from '../../../models/detect/create-detector.js';
import { overlap } from '../../../models/detect/overlap.js';
import type { Detector } from '../../../models/detector.js';
import type { Engine } from '../../../models/engine/engine.js';
import { layeredEngine, nativeEngine } from '../helpers/engines.js';
import { plainPicture, samplePicture } from '../helpers/pictures.js';

/** Faces that people see in the sample photographs 1 to 6, cut to 640x360; detectors may miss two or find one more. */
const faces = [3, 3, 3, 4, 5, 4];

for (const name of detectorNames) {
  describe(`The detector ${name}`, function () {
    this.timeout(120_000);
    let engine: Engine;
    let detector: Detector;

    before(async () => {
      engine = await nativeEngine();
      detector = await createDetector(name, engine);
    });
    after(() => detector.close());

    it('finds the faces of photographs', async () => {
      const images = await Promise.all(faces.map((_, i) => samplePicture(i + 1, 640, 360)));
      const results = await detector.detect(images);
      expect(results).to.have.length(faces.length);
      for (const [i, found] of results.entries()) {
        expect(found.length, `sample ${i + 1}`).to.be.within((faces[i] ?? 0) - 2, (faces[i] ?? 0) + 1);
        for (const { box, score } of found) {
          expect(score).to.be.within(0, 1);
          expect(box.width).to.be.within(20, 150);
          expect(box.height).to.be.within(20, 200);
          expect(box.x + box.width / 2).to.be.within(0, 640);
          expect(box.y + box.height / 2).to.be.within(0, 360);
        }
        const scores = found.map(({ score }) => score);
        expect(scores).to.deep.equal(scores.toSorted((a, b) => b - a));
      }
    });

    it('answers in the order given for pictures of several sizes', async () => {
      const wide = await samplePicture(1, 640, 360);
      const square = await samplePicture(5, 400, 400);
      const nobody = plainPicture(64, 48, [90, 90, 90]);
      const mixed = await detector.detect([wide, nobody, square, wide]);
      const [alone] = await detector.detect([square]);
      expect(mixed[1]).to.deep.equal([]);
      expect(mixed[2]?.length).to.equal(alone?.length);
      expect(mixed[0]?.length).to.be.above(0).and.to.equal(mixed[3]?.length);
    });

    it('leaves no tensor behind', async () => {
      const image = await samplePicture(2, 320, 180);
      const before = engine.tf.memory().numTensors;
      await detector.detect([]);
      await detector.detect([image]);
      await detector.detect([image, image]);
      expect(engine.tf.memory().numTensors).to.equal(before);
      const second = await createDetector(name, engine);
      second.close();
      second.close();
      expect(engine.tf.memory().numTensors).to.equal(before);
    });
  });
}

describe('face-api-ssd as a graph', function () {
  this.timeout(120_000);
  let graph: Detector;
  let reference: Detector;

  before(async () => {
    graph = await createDetector('face-api-ssd', await nativeEngine(), { minScore: 0.5 });
    reference = await createDetector('face-api-ssd', await layeredEngine(), { minScore: 0.4 });
  });
  after(() => {
    graph.close();
    reference.close();
  });

  for (const [width, height] of [
    [640, 360],
    [360, 640],
    [500, 500],
    [1000, 200],
  ] as const) {
    it(`finds the boxes that face-api finds in pictures of ${width}x${height}`, async () => {
      const images = await Promise.all([1, 3, 5].map((number) => samplePicture(number, width, height)));
      const found = await graph.detect(images);
      const expected = await reference.detect(images);
      for (const [i, detections] of found.entries()) {
        // What is near the limit may be on either side of it.
        const sure = expected[i]?.filter(({ score }) => score > 0.6) ?? [];
        expect(detections.length).to.be.at.least(sure.length);
        for (const { box, score } of detections) {
          const twin = expected[i]?.find((other) => overlap(other.box, box) > 0.9);
          expect(twin?.score, `a box of score ${score}`).to.be.closeTo(score, 0.05);
        }
      }
    });
  }
});

describe('createDetector', () => {
  it('names the detectors that there are', async () => {
    const engine = await nativeEngine();
    let message = '';
    await createDetector('yolo', engine).catch((error: unknown) => (message = String(error)));
    expect(message).to.contain('No detector yolo').and.to.contain('face-api-ssd');
  });

  it('chooses the side of the input where the detector has one to choose', async () => {
    const engine = await nativeEngine();
    const image = await samplePicture(1, 640, 360);
    const faces = async (inputSide: number): Promise<number> => {
      const detector = await createDetector('maskwatch-h', engine, { inputSide });
      const [found = []] = await detector.detect([image]);
      detector.close();
      return found.length;
    };
    expect(await faces(640)).to.be.greaterThan(await faces(64));
    for (const [name, inputSide] of [
      ['face-api-ssd', 320],
      ['maskwatch-h', 63],
    ] as const) {
      const error = await createDetector(name, engine, { inputSide }).catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(RangeError);
    }
  });
});
