import { expect } from 'chai';
import { calibrationOf } from '../../../../models/lab/evaluate/calibration.js';
import { classCurves } from '../../../../models/lab/evaluate/class-curves.js';
import { unitChart } from '../../../../models/lab/evaluate/curve-chart.js';
import type { JudgedFace } from '../../../../models/lab/evaluate/evaluate-faces.js';
import { mistakeSheet, worstMistakes } from '../../../../models/lab/evaluate/mistake-sheet.js';
import { facesCurves } from '../../../../models/lab/evaluate/write-faces-sheets.js';

function face(file: string, truth: JudgedFace['truth'], mask: number): JudgedFace {
  const probabilities = { mask, no_mask: 1 - mask, incorrect: 0 };
  return { file, truth, label: mask > 0.5 ? 'mask' : 'no_mask', side: 50, probabilities, reject: 0 };
}

describe('calibrationOf', () => {
  it('is the mean gap between how sure and how often right, worked by hand', () => {
    const answers = [
      { confidence: 0.95, right: true },
      { confidence: 0.95, right: false },
      { confidence: 0.65, right: true },
    ];
    const { bins, error } = calibrationOf(answers);
    expect(error).to.be.closeTo((2 * 0.45 + 0.35) / 3, 1e-12);
    expect(bins.map(({ faces }) => faces)).to.deep.equal([0, 0, 0, 0, 0, 0, 1, 0, 0, 2]);
    expect(bins[0]?.accuracy).to.equal(null);
  });

  it('puts full certainty into the last bin, and has no error without answers', () => {
    expect(calibrationOf([{ confidence: 1, right: true }]).bins.at(-1)?.faces).to.equal(1);
    expect(calibrationOf([]).error).to.equal(null);
  });
});

describe('classCurves', () => {
  it('have the area 1 for a perfect order, 0 for the reverse, a half where all score alike', () => {
    const hits = [0.9, 0.8, 0.2, 0.1].map((score, i) => ({ score, right: i < 2 }));
    expect(classCurves(hits).auc).to.equal(1);
    expect(classCurves(hits.map(({ score, right }) => ({ score: -score, right }))).auc).to.equal(0);
    expect(classCurves(hits.map(({ right }) => ({ score: 1, right }))).auc).to.equal(0.5);
    expect(classCurves([{ score: 1, right: true }]).auc).to.equal(null);
  });
});

describe('the sheets of an evaluation', () => {
  const faces = [face('a"b.jpg', 'mask', 0.9), face('c.jpg', 'mask', 0.2), face('d.jpg', 'no_mask', 0.99)];

  it('show the surest mistakes first, names made safe', () => {
    expect(worstMistakes(faces, 9).map(({ file }) => file)).to.deep.equal(['d.jpg', 'c.jpg']);
    const page = mistakeSheet('Title <1>', faces, (file) => `file:///x/${file}`);
    expect(page).to.contain('Title &lt;1&gt;').and.to.contain('src="file:///x/a&quot;b.jpg"');
    expect(page).not.to.contain('a"b.jpg"');
  });

  it('draw one line a class', () => {
    const { classes } = facesCurves(faces);
    const lines = Object.entries(classes).map(([name, { roc }]) => ({ name, points: roc }));
    const chart = unitChart('ROC', { x: 'false', y: 'right' }, lines, true);
    expect(chart.match(/stroke-width="2"/g)).to.have.length(3);
    expect(chart).not.to.contain('NaN');
  });
});
