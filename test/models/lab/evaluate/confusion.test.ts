import { expect } from 'chai';
import { confusionFigures, confusionOf } from '../../../../models/lab/evaluate/confusion.js';
import { reportFaces } from '../../../../models/lab/evaluate/evaluate-faces.js';
import type { JudgedFace } from '../../../../models/lab/evaluate/evaluate-faces.js';
import { facesText } from '../../../../models/lab/evaluate/faces-text.js';

describe('confusionFigures', () => {
  it('counts recall, precision and F1 by class, worked by hand', () => {
    const confusion = confusionOf(
      ['a', 'b'],
      [
        [0, 0],
        [0, 0],
        [0, 1],
        [1, 1],
        [1, 2],
      ],
      ['unknown'],
    );
    expect(confusion.counts).to.deep.equal([
      [2, 1, 0],
      [0, 1, 1],
    ]);
    const figures = confusionFigures(confusion);
    expect(figures.recall).to.deep.equal({ a: 2 / 3, b: 1 / 2 });
    expect(figures.precision).to.deep.equal({ a: 1, b: 1 / 2 });
    expect(figures.f1.a).to.be.closeTo(0.8, 1e-12);
    expect(figures.accuracy).to.equal(0.6);
    expect(figures.macroRecall).to.be.closeTo((2 / 3 + 1 / 2) / 2, 1e-12);
  });

  it('has no figure where there is nothing to count', () => {
    const figures = confusionFigures(confusionOf(['a', 'b'], [[0, 0]]));
    expect(figures.recall.b).to.equal(null);
    expect(figures.macroRecall).to.equal(1);
    expect(confusionFigures(confusionOf(['a'], [])).accuracy).to.equal(null);
  });
});

function face(truth: JudgedFace['truth'], label: JudgedFace['label'], side: number): JudgedFace {
  const probabilities = { mask: 0.4, no_mask: 0.3, incorrect: 0.3 };
  return { file: 'a.jpg', truth, label, side, probabilities, reject: 0 };
}

describe('reportFaces', () => {
  const report = reportFaces([
    face('mask', 'mask', 20),
    face('no_mask', 'incorrect', 50),
    face('incorrect', 'no_mask', 50),
    face('incorrect', 'unknown', 200),
  ]);

  it('counts unknown as wrong, and incorrect as no_mask where there are two classes', () => {
    expect(report.accuracy).to.equal(0.25);
    expect(report.unknownRate).to.equal(0.25);
    expect(report.twoClass.accuracy).to.equal(0.75);
    expect(report.twoClass.confusion.counts).to.deep.equal([
      [1, 0, 0],
      [0, 2, 1],
    ]);
  });

  it('sorts faces by size and says it all in aligned text', () => {
    expect(report.bySize.map(({ faces }) => faces)).to.deep.equal([1, 2, 0, 1]);
    const text = facesText(report, { mask: { auc: 0.9, ap: 0.8 } });
    expect(text).to.contain('4 faces, accuracy 25.0 %');
    expect(text).to.match(/^incorrect +0 +1 +0 +1$/m);
  });
});
