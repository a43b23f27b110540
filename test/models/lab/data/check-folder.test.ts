import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import sharp from 'sharp';
import { cacheFaces } from '../../../../models/lab/data/cache-faces.js';
import { measureCache } from '../../../../models/lab/data/cache-speed.js';
import { checkFolder } from '../../../../models/lab/data/check-folder.js';
import type { DataReport } from '../../../../models/lab/data/check-folder.js';
import { checkText, contactSheet } from '../../../../models/lab/data/check-report.js';
import { readLabelledFolder } from '../../../../models/lab/data/labelled-folder.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { writeToyFaces } from '../toy-faces.js';

describe('checkFolder', () => {
  let root = '';
  let report: DataReport;
  before(async () => {
    root = await writeToyFaces(3);
    await writeFile(join(root, 'mask', 'broken_0.jpg'), 'no picture');
    await sharp({ create: { width: 9, height: 30, channels: 3, background: '#248' } })
      .png()
      .toFile(join(root, 'mask', 'tiny_0.png'));
    await copyFile(join(root, 'mask', 'mask0_0.png'), join(root, 'mask', 'twin_0.png'));
    await copyFile(join(root, 'mask', 'mask1_0.png'), join(root, 'no_mask', 'liar_0.png'));
    await copyFile(join(root, 'mask', 'mask2_0.png'), join(root, 'mask', 'leak_0.png'));
    const parts = new Map([
      ['mask/mask2_0.png', 'train'],
      ['mask/leak_0.png', 'test'],
      ['mask/mask0_0.png', 'train'],
      ['mask/twin_0.png', 'train'],
    ] as const);
    report = await checkFolder(root, await readLabelledFolder(root), parts, 20);
  });
  after(() => rm(root, { recursive: true }));

  const kindOf = (file: string): string[] =>
    report.findings.filter((f) => f.file === file || f.other === file).map(({ kind }) => kind);

  it('names unreadable and too small pictures and goes on', () => {
    expect(kindOf('mask/broken_0.jpg')).to.deep.equal(['unreadable']);
    expect(kindOf('mask/tiny_0.png')).to.deep.equal(['too small']);
    expect(report.pictures).to.equal(14);
    expect(report.labels).to.deep.equal({ mask: 7, no_mask: 4, incorrect: 3 });
  });

  it('tells a twin, one with another label and one in another part apart', () => {
    expect(kindOf('mask/twin_0.png')).to.deep.equal(['duplicate']);
    expect(kindOf('no_mask/liar_0.png')).to.deep.equal(['duplicate with another label']);
    expect(kindOf('mask/leak_0.png')).to.deep.equal(['duplicate across parts']);
  });

  it('says it as text and as a page with the pictures', () => {
    expect(checkText(report)).to.contain('unreadable: 1, bad label: 0, too small: 1, duplicate: 1');
    const page = contactSheet('Findings', report, (file) => `file:///x/${file}`);
    expect(page).to.contain('src="file:///x/no_mask/liar_0.png"');
    expect(page.match(/<figure>/g)).to.have.length(report.findings.length);
  });

  it('measures what the cache is worth, and says it', async () => {
    const faces = (await readLabelledFolder(root))
      .filter(({ label }) => label === 'no_mask')
      .map(({ file, label }) => ({
        ...{ file, label, group: file, source: '' },
        ...{ picture: join(root, file), box: null, detected: false },
      }));
    let clock = 0;
    const folder = await cacheFaces(temporaryFolder(), faces, () => undefined);
    const speed = await measureCache(folder, faces, 3, () => (clock = clock * 2 + 10));
    // The clock stands at 10, 30, 70 and 150 ms.
    expect(speed).to.deep.equal({ faces: 3, openMs: 20, cachePerSecond: 75, filesPerSecond: 37.5 });
    const text = checkText({ ...report, cache: speed });
    expect(text).to.contain(
      'opened in 20 ms; 75 faces a second, against 38 out of the files: 2 times as fast (3 faces',
    );
  });
});
