import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runModule } from '../../../models/helpers/run-module.js';
import type { ProgramResult } from '../../../models/helpers/run-module.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';

const command = new URL('../../../../server/cli/commands/evaluate.ts', import.meta.url).href;

function evaluate(...args: string[]): Promise<ProgramResult> {
  return runModule(`
    import { evaluateCommand } from '${command}';
    await evaluateCommand().parseAsync(${JSON.stringify(args)}, { from: 'user' });`);
}

const voc = (name: string, objects: string): string =>
  `<annotation><filename>${name}</filename><size><width>400</width><height>300</height></size>${objects}</annotation>`;
const object = (label: string, left: number): string =>
  `<object><name>${label}</name><bndbox><xmin>${left}</xmin><ymin>11</ymin><xmax>${left + 39}</xmax><ymax>50</ymax></bndbox></object>`;

describe('maskwatch evaluate on scenes', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const annotations = join(folder, 'annotations');
  const predictions = join(folder, 'predictions.ndjson');

  before(() => {
    mkdirSync(annotations);
    writeFileSync(
      join(annotations, 'a.xml'),
      voc('a.png', object('with_mask', 11) + object('without_mask', 101)),
    );
    writeFileSync(join(annotations, 'b.xml'), voc('b.png', object('mask_weared_incorrect', 201)));
    writeFileSync(join(annotations, 'c.xml'), '<annotation>');
    const face = (x: number, label: string, score: number): object => {
      const p = (state: string): number => (state === label ? 0.8 : 0.1);
      const probabilities = { mask: p('mask'), no_mask: p('no_mask'), incorrect: p('incorrect') };
      return { x, y: 10, width: 40, height: 40, score, label, probabilities };
    };
    const lines = [
      { file: 'a.png', faces: [face(10, 'mask', 0.9), face(100, 'incorrect', 0.8), face(300, 'mask', 0.7)] },
      { file: 'b.png', faces: [] },
    ];
    writeFileSync(predictions, lines.map((line) => JSON.stringify(line)).join('\n'));
  });

  it('reads a folder of Pascal VOC files, names a bad one, and goes on', async () => {
    const { code, stdout, stderr } = await evaluate(annotations, '--predictions', predictions, '--json');
    expect(code, stderr).to.equal(0);
    expect(stderr).to.contain('Left out c.xml');
    const report = JSON.parse(stdout) as {
      pictures: number;
      boxes: number;
      detection: { recall: number; falsePerPicture: number };
      calibration: { error: number };
    };
    expect([report.pictures, report.boxes, report.detection.falsePerPicture]).to.deep.equal([2, 3, 0.5]);
    expect(report.detection.recall).to.be.closeTo(2 / 3, 1e-9);
    // Both answers 80 % sure, one of two right.
    expect(report.calibration.error).to.be.closeTo(0.3, 1e-9);
  });

  it('draws curves, and shows mistakes of each kind where the pictures lie', async () => {
    const sheets = join(folder, 'sheets');
    const { code, stdout } = await evaluate(annotations, '--predictions', predictions, '--sheets', sheets);
    expect(code).to.equal(0);
    expect(stdout).to.contain('Calibration error 0.300');
    for (const name of ['precision-recall', 'recall-at-false', 'reliability']) {
      expect(readFileSync(join(sheets, `${name}.svg`), 'utf8')).to.match(/^<svg [^]*<polyline/);
    }
    const page = readFileSync(join(sheets, 'mistakes.html'), 'utf8');
    for (const words of [
      '<b>no face</b><br>0.70',
      '<b>not found</b><br>incorrect, 40x40 px',
      'no_mask, called incorrect 80 %',
    ]) {
      expect(page).to.contain(words);
    }
    expect(page).to.contain(join(folder, 'images', 'a.png'));
  });
});
