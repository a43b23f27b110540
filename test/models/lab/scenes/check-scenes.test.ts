import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { checkScenes } from '../../../../models/lab/scenes/check-scenes.js';
import { samplePath } from '../../helpers/pictures.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('checkScenes', function () {
  this.timeout(30_000);
  const folder = join(temporaryFolder(), 'hall');
  const labels = join(folder, 'labels.json');

  before(async () => {
    await mkdir(join(folder, 'images'), { recursive: true });
    const picture = sharp(samplePath(1)).resize(320, 200, { fit: 'fill' });
    await picture
      .clone()
      .jpeg()
      .toFile(join(folder, 'images', 'a.jpg'));
    await picture
      .clone()
      .png()
      .toFile(join(folder, 'images', 'twin.png'));
    await sharp(samplePath(5))
      .resize(300, 200, { fit: 'fill' })
      .jpeg()
      .toFile(join(folder, 'images', 'b.jpg'));
    await writeFile(join(folder, 'images', 'broken.jpg'), 'no picture');
    const scene = (file: string, x = 10): object => ({
      ...{ file, width: 320, height: 200 },
      boxes: [{ label: 'mask', x, y: 10, w: 40, h: 40 }],
    });
    const scenes = [scene('a.jpg'), scene('twin.png'), scene('b.jpg', 300), scene('broken.jpg')];
    await writeFile(labels, JSON.stringify(scenes));
  });

  it('names boxes outside their picture, sizes that do not agree, unreadable and repeated pictures', async () => {
    const parts = new Map([
      ['hall/a.jpg#0', 'train'],
      ['hall/twin.png#0', 'test'],
    ] as const);
    const { pictures, labels: counts, findings } = await checkScenes(labels, parts, 20);
    expect([pictures, counts]).to.deep.equal([4, { scene: 4, mask: 4 }]);
    expect(findings.map(({ kind, file }) => `${kind}: ${file}`)).to.deep.equal([
      'bad label: b.jpg',
      'bad label: b.jpg',
      'unreadable: broken.jpg',
      'duplicate across parts: twin.png',
    ]);
    expect(findings[0]?.detail).to.contain('300,10');
    expect(findings[1]?.detail).to.equal('labelled as 320x200, is 300x200');
  });

  it('names a Pascal VOC file that cannot be read', async () => {
    const annotations = join(folder, 'annotations');
    await mkdir(annotations);
    await writeFile(join(annotations, 'x.xml'), '<annotation>');
    const { findings } = await checkScenes(annotations, new Map(), 20);
    expect(findings).to.deep.equal([{ kind: 'bad label', file: 'x.xml', other: null, detail: 'no <size>' }]);
  });
});
