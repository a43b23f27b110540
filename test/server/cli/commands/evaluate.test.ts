import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { decodePicture } from '../../../../models/picture.js';
import { samplePath } from '../../../models/helpers/pictures.js';
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

  it('refuses to choose an input or the size of crops where there is none to choose', async () => {
    const asked = [annotations, '--predictions', predictions, '--input-side', '640'];
    const { code, stdout, stderr } = await evaluate(...asked);
    expect([code, stdout]).to.deep.equal([2, '']);
    expect(stderr).to.contain('leave --input-side');
    const scaled = await evaluate(annotations, '--predictions', predictions, '--crop-scale', '0.8');
    expect([scaled.code, scaled.stdout]).to.deep.equal([2, '']);
    expect(scaled.stderr).to.contain('--crop-scale out');
    const blind = await evaluate(annotations, '--detector-only', '--crop-scale', '0.8');
    expect([blind.code, blind.stdout]).to.deep.equal([2, '']);
    expect(blind.stderr).to.equal(
      '--detector-only cuts no faces for a classifier: leave --crop-scale out.\n',
    );
    const fixed = await evaluate(annotations, '--detector', 'face-api-tiny', '--input-side', '320');
    expect([fixed.code, fixed.stdout]).to.deep.equal([2, '']);
    expect(fixed.stderr).to.equal('face-api-tiny has an input of one size: leave --input-side out.\n');
  });

  describe('with the models themselves', function () {
    const scenes = join(folder, 'photographs', 'labels.json');
    before(async () => {
      mkdirSync(join(folder, 'photographs', 'images'), { recursive: true });
      copyFileSync(samplePath(1), join(folder, 'photographs', 'images', 'one.jpg'));
      const { width, height } = await decodePicture(samplePath(1));
      // No face is as large as half the photograph: all that is found is wrong.
      const boxes = [{ label: 'no_mask', x: 0, y: 0, w: width / 2, h: height / 2 }];
      writeFileSync(scenes, JSON.stringify([{ file: 'one.jpg', width, height, boxes }]));
    });

    interface Figures {
      readonly detection: { readonly falsePerPicture: number };
      readonly detectorAlone: { readonly falsePerPicture: number } | null;
      readonly classes: object | null;
    }

    it('judges each side of the input, and the detector alone beside what reject leaves', async () => {
      const { code, stdout, stderr } = await evaluate(scenes, '--input-side', '320,128', '--json');
      expect(code, stderr).to.equal(0);
      const { inputs } = JSON.parse(stdout) as { inputs: (Figures & { inputSide: number })[] };
      expect(inputs.map(({ inputSide }) => inputSide)).to.deep.equal([320, 128]);
      for (const { detection, detectorAlone, classes } of inputs) {
        expect(classes).not.to.equal(null);
        expect(detectorAlone?.falsePerPicture).to.be.at.least(detection.falsePerPicture);
      }
      const [large, small] = inputs.map(({ detectorAlone }) => detectorAlone?.falsePerPicture ?? 0);
      expect(large).to.be.greaterThan(small ?? 0);
    });

    it('cuts faces at tighter boxes where that is asked for: the same faces, other answers', async () => {
      const judged = async (...flags: string[]): Promise<Figures> =>
        JSON.parse((await evaluate(scenes, '--json', '--score', '0', ...flags)).stdout) as Figures;
      const [usual, tight] = [await judged(), await judged('--crop-scale', '0.4')];
      expect(tight.detectorAlone).to.deep.equal(usual.detectorAlone);
      expect(tight.detection).not.to.deep.equal(usual.detection);
    });

    it('finds faces only, where that is asked for, without a classifier', async () => {
      const only = ['--detector-only', '--classifier', 'no-such-weights'];
      const text = await evaluate(scenes, ...only, '--input-side', '320,128');
      expect(text.code, text.stderr).to.equal(0);
      expect(text.stdout).to.match(/^Input of 320 pixels\n[^]+\n\nInput of 128 pixels\n/);
      expect(text.stdout).not.to.match(/Masks:|before reject|Calibration/);
      const json = await evaluate(scenes, ...only, '--json');
      const { classes, detectorAlone, detection } = JSON.parse(json.stdout) as Figures;
      expect([classes, detectorAlone]).to.deep.equal([null, null]);
      expect(detection.falsePerPicture).to.be.greaterThan(0);
    });
  });
});
