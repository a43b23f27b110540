import { expect } from 'chai';
import { analyseBatch } from '../../../server/analysis/process/analyse-batch.js';
import { recognise } from '../../../server/analysis/process/known-faces.js';
import { sketchOf } from '../../../server/track/sketch.js';
import type { FaceCrop } from '../../../models/mask-classifier.js';
import { faceScene, type FaceScene } from '../../helpers/face-scene.js';

const size = { width: 640, height: 360 };

describe('Faces that are known already', function () {
  this.timeout(30_000);
  let scene: FaceScene;

  before(async () => {
    scene = await faceScene(size.width, size.height, 3);
  });

  /** The frame of a moment and the true boxes in it. */
  function moment(seconds: number) {
    const image = { ...size, data: scene.frame(seconds) };
    return { image, boxes: scene.people(seconds).map(({ box }) => box) };
  }

  it('are recognised a moment later, where they were and as they were', () => {
    const [first, next] = [moment(0), moment(0.1)];
    const known = first.boxes.map((box) => ({ box, sketch: sketchOf(first.image, box) }));
    const faces = recognise(next.image, next.boxes, known);
    expect(faces.map(({ isKnown }) => isKnown)).to.deep.equal([true, true, true]);
  });

  it('are not recognised when they look different', () => {
    const { image, boxes } = moment(0);
    const sketches = boxes.map((box) => sketchOf(image, box));
    // Each is where he was, with the face of another one.
    const known = boxes.map((box, n) => ({ box, sketch: sketches[(n + 1) % 3] ?? new Uint8Array(64) }));
    expect(recognise(image, boxes, known).map(({ isKnown }) => isKnown)).to.deep.equal([false, false, false]);
  });

  it('are not recognised far from where they were, nor where two of them may have changed places', () => {
    const { image, boxes } = moment(0);
    const [box = { x: 0, y: 0, width: 1, height: 1 }] = boxes;
    const sketch = sketchOf(image, box);
    const beside = { ...box, x: box.x + box.width * 0.6 };
    const isKnown = (...known: (typeof box)[]) =>
      recognise(
        image,
        [box],
        known.map((one) => ({ box: one, sketch })),
      )[0]?.isKnown;
    expect(isKnown(box)).to.equal(true);
    expect(isKnown(beside)).to.equal(false);
    expect(isKnown(box, beside)).to.equal(false);
    expect(recognise(image, [box, beside], [{ box, sketch }])[0]?.isKnown).to.equal(false);
  });

  it('are not given to the classifier; all others are, in the order of the frames', async () => {
    const { image, boxes } = moment(0);
    const asked: FaceCrop[] = [];
    const detector = {
      name: 'stub',
      detect: () => Promise.resolve([boxes, boxes].map((found) => found.map((box) => ({ box, score: 0.9 })))),
      close: () => undefined,
    };
    const label = { label: 'mask', probabilities: { mask: 1, no_mask: 0, incorrect: 0 }, reject: 0 } as const;
    const classifier = {
      name: 'stub',
      classify: (crops: readonly FaceCrop[]) => {
        asked.push(...crops);
        return Promise.resolve(crops.map(() => label));
      },
      close: () => undefined,
    };
    const known = boxes.slice(0, 2).map((box) => ({ box, sketch: sketchOf(image, box) }));
    const { faces } = await analyseBatch([image, image], detector, classifier, [known, []]);
    expect(asked).to.have.length(4);
    expect(faces.map((list) => list.map(({ classification }) => classification?.label))).to.deep.equal([
      [undefined, undefined, 'mask'],
      ['mask', 'mask', 'mask'],
    ]);
    expect(faces[0]?.[2]?.sketch).to.deep.equal(
      sketchOf(image, boxes[2] ?? { x: 0, y: 0, width: 1, height: 1 }),
    );
    expect(faces[0]?.[0]?.sketch).to.equal(undefined);
  });
});
