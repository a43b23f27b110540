import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { readDetections } from '../../../../models/lab/data/detections.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

describe('Detections of a file', () => {
  const folder = temporaryFolder();
  const box = { x: 1, y: 2, width: 3, height: 4 };

  async function read(...lines: readonly object[]): ReturnType<typeof readDetections> {
    const path = join(folder, 'found.ndjson');
    await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return readDetections(path);
  }

  it('come best first, with the score of the detector alone where that is told', async () => {
    const found = await read({
      file: 'a.jpg',
      faces: [
        { ...box, score: 0.5 },
        { ...box, score: 0.1, detectorScore: 0.9, label: 'unknown' },
      ],
    });
    expect(found.get('a.jpg')).to.deep.equal([
      { box, score: 0.9 },
      { box, score: 0.5 },
    ]);
  });

  it('are none for a picture that could not be read', async () => {
    const found = await read({ file: 'a.jpg', error: { code: 'x', message: 'y' } });
    expect([...found]).to.deep.equal([['a.jpg', []]]);
  });

  it('are refused by the number of the line that does not fit', async () => {
    const error = await read({ file: 'a.jpg' }, { file: 'b.jpg', faces: [{ x: 1 }] }).catch(
      (e: unknown) => e,
    );
    expect(String(error)).to.contain('found.ndjson, line 2');
  });
});
