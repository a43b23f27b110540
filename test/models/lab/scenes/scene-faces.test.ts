import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { overlap } from '../../../../models/detect/overlap.js';
import type { Detection } from '../../../../models/detector.js';
import { reservedGroups } from '../../../../models/lab/data/scene-clusters.js';
import { createRandom } from '../../../../models/lab/random.js';
import { rejectBoxes } from '../../../../models/lab/scenes/reject-boxes.js';
import { collectScenes } from '../../../../models/lab/scenes/scene-faces.js';
import type { ScenesRequest } from '../../../../models/lab/scenes/scene-faces.js';
import { readSceneLabels } from '../../../../models/lab/scenes/scene-labels.js';

const box = (label: string, x: number, side: number): object => ({ label, x, y: 10, w: side, h: side });
const found = (x: number, side: number, score: number): Detection => ({
  box: { x, y: 10, width: side, height: side },
  score,
});

describe('scenes', () => {
  let folder = '';
  let labels = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-scenes-'));
    labels = join(folder, 'own', 'labels.json');
    await mkdir(join(folder, 'own'));
    const scene = (file: string, boxes: object[]): object => ({ file, width: 400, height: 300, boxes });
    await writeFile(
      labels,
      JSON.stringify([
        scene('a.jpg', [box('mask', 10, 40), box('incorrect', 100, 8), box('no_mask', 200, 30)]),
        scene('b.jpg', [box('mask', 10, 40)]),
        scene('c.jpg', [box('mask', 10, 40)]),
      ]),
    );
  });
  after(() => rm(folder, { recursive: true }));

  function request(changes: Partial<ScenesRequest> = {}): ScenesRequest {
    return {
      labels,
      clusters: new Map(),
      reserved: new Set(),
      suspects: [],
      detections: new Map([['a.jpg', [found(12, 40, 0.9), found(300, 30, 0.2)]]]),
      rejects: false,
      seed: 1,
      say: () => undefined,
      ...changes,
    };
  }

  it('take the detector’s box where it found the face, the label’s where not, and leave out what is too small', async () => {
    const { faces } = await collectScenes(request());
    const ofA = faces.filter(({ group }) => group === 'a');
    expect(ofA.map(({ label, box: at, detected }) => [label, at?.x, detected])).to.deep.equal([
      ['mask', 12, true],
      ['no_mask', 200, false],
    ]);
    expect(ofA[0]?.file).to.equal('own/a.jpg#0');
  });

  it('leave out suspects, and reserved scenes with their whole cluster', async () => {
    const clusters = new Map([
      ['b', 'cluster 1'],
      ['c', 'cluster 1'],
    ]);
    const reserved = reservedGroups(['c.jpg'], 8, clusters);
    const suspects = [{ file: 'scenes/own/images/a.jpg', label: 'no_mask', side: 30 }];
    const { faces, leftOut } = await collectScenes(request({ clusters, reserved, suspects }));
    expect(faces.map(({ group, label }) => [group, label])).to.deep.equal([['a', 'mask']]);
    expect(leftOut).to.deep.equal({ suspect: 1, reserved: 2, unreadable: 0 });
  });

  it('give rejects that touch no face', async () => {
    const [scene] = await readSceneLabels(labels);
    if (!scene) throw new Error('no scene');
    const detections = [found(12, 40, 0.9), found(300, 30, 0.2), found(205, 30, 0.2)];
    const boxes = Array.from({ length: 50 }, (_, seed) =>
      rejectBoxes(scene, detections, createRandom(seed)),
    ).flat();
    expect(boxes.some(({ x }) => x === 300)).to.equal(true);
    for (const reject of boxes) {
      for (const face of scene.boxes) expect(overlap(reject, face.box)).to.be.lessThan(0.1);
    }
  });

  it('name what is wrong with a file of labels', async () => {
    const path = join(folder, 'bad.json');
    await writeFile(
      path,
      JSON.stringify([{ file: 'a.jpg', width: 1, height: 1, boxes: [box('dog', 1, 1)] }]),
    );
    let message = '';
    await readSceneLabels(path).catch((error: unknown) => (message = String(error)));
    expect(message).to.contain('label');
  });
});
