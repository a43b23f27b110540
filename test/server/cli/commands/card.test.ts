import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { decodePicture } from '../../../../models/picture.js';
import { nativeEngine } from '../../../models/helpers/engines.js';
import type { ProgramResult } from '../../../models/helpers/run-module.js';
import { runModule } from '../../../models/helpers/run-module.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';
import { writeColourWeights } from '../../../models/helpers/weights-fixture.js';

describe('maskwatch card', function () {
  this.timeout(120_000);
  const data = temporaryFolder();
  const photograph = 'node_modules/@vladmandic/face-api/demo/sample1.jpg';
  let weights = '';

  before(async () => {
    weights = await writeColourWeights((await nativeEngine()).tf);
    await writeFile(join(weights, 'CARD.md'), '# colours\n\nMade by a test.\n\n## Limits\n\n* old ones\n');
    await writeFile(join(weights, 'NOTES.md'), '## What was tried\n\nNothing.\n');
    const { width, height } = await decodePicture(photograph);
    for (const set of ['voc853', 'ilc']) {
      await mkdir(join(data, 'scenes', set, 'images'), { recursive: true });
      await copyFile(photograph, join(data, 'scenes', set, 'images', 'one.jpg'));
      const boxes = [{ label: 'no_mask', x: 0, y: 0, w: width / 2, h: height / 2 }];
      const scenes = [{ file: 'one.jpg', width, height, boxes }];
      await writeFile(join(data, 'scenes', set, 'labels.json'), JSON.stringify(scenes));
    }
  });

  /** Runs the command in a process of its own. */
  function run(...args: string[]): Promise<ProgramResult> {
    const file = new URL('../../../../server/cli/commands/card.ts', import.meta.url).href;
    return runModule(`
      import { cardCommand } from '${file}';
      await cardCommand().parseAsync(${JSON.stringify(args)}, { from: 'user' });`);
  }

  it('measures a classifier after what its training wrote, with notes and limits, the same at each run', async () => {
    for (const time of ['first', 'second']) {
      const result = await run(weights, '--data', data);
      expect(result.code, `${time}: ${result.stderr}`).to.equal(0);
      const card = await readFile(join(weights, 'CARD.md'), 'utf8');
      expect(card.match(/^#.*$/gm)).to.deep.equal([
        '# colours',
        '## When it says `unknown`',
        '## Whole scenes kept out of training',
        '## Time',
        '## What was tried',
        '## Limits',
      ]);
      expect(card).to.contain('Made by a test.').and.to.contain('maskwatch card colours --data .');
      // Its training had nothing to say of the rule, so the manifest's limits are told.
      expect(card).to.contain(
        '`reject` has more than 0.5, or the largest worn state, renormalised, has less than 0.6; that',
      );
      expect(card).to.contain('1 pictures, 1 faces').and.not.to.contain('old ones');
      expect(card.match(/^\| x [^|]+\|/gm)).to.deep.equal(
        ['voc853', 'ilc'].flatMap(() => ['| x 1 |', '| x 0.8 |', '| x 1.25 |']),
      );
    }
  });

  it('prints the card, or with --json where it is and what it says', async () => {
    const result = await run(weights, '--data', data, '--json');
    expect(result.code, result.stderr).to.equal(0);
    const file = join(weights, 'CARD.md');
    expect(JSON.parse(result.stdout)).to.deep.equal({ file, card: await readFile(file, 'utf8') });
  });

  it('names weights that are not there', async () => {
    const result = await run('./no-such-weights', '--data', data);
    expect(result.code).to.equal(2);
    expect(result.stderr).to.contain('no-such-weights');
  });
});
