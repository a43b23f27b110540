import { expect } from 'chai';
import type { EpochResult } from '../../../../models/lab/train/checkpoint.js';
import { curvesSvg } from '../../../../models/lab/train/curves.js';

function epoch(number: number, loss: number, accuracy: number): EpochResult {
  return {
    epoch: number,
    loss,
    accuracy,
    validationLoss: loss / 2,
    validationAccuracy: accuracy / 2,
    validationMacroRecall: accuracy / 4,
  };
}

/** The points of each line, in the order drawn: two of loss, three of accuracy. */
function lines(svg: string): number[][][] {
  return [...svg.matchAll(/<polyline points="([^"]*)"/g)].map(([, points = '']) =>
    points.split(' ').map((point) => point.split(',').map(Number)),
  );
}

describe('curvesSvg', () => {
  const svg = curvesSvg('cnn & co', [epoch(1, 2, 0.5), epoch(2, 1, 0.75), epoch(3, 0.5, 1)]);

  it('draws loss and accuracy of training and validation, epoch by epoch from left to right', () => {
    const drawn = lines(svg);
    expect(drawn.map((points) => points.map(([x]) => x))).to.deep.equal(Array(5).fill([0, 180, 360]));
    // The highest loss is at the top of its panel, an accuracy of 1 at the top of the other, 0 at the bottom of both: 240.
    const [loss, validationLoss, accuracy, validationAccuracy, macroRecall] = drawn.map((points) =>
      points.map(([, y]) => y),
    );
    expect(loss).to.deep.equal([0, 120, 180]);
    expect(validationLoss).to.deep.equal([120, 180, 210]);
    expect(accuracy).to.deep.equal([120, 60, 0]);
    expect(validationAccuracy).to.deep.equal([180, 150, 120]);
    expect(macroRecall).to.deep.equal([210, 195, 180]);
  });

  it('names the run, the axes and each line, and is sound XML', () => {
    for (const words of ['cnn &amp; co', 'loss by epoch', 'accuracy by epoch', 'validation macro recall']) {
      expect(svg).to.contain(words);
    }
    expect(svg.match(/>training</g)).to.have.length(2);
    // The scale of the loss ends at its highest value.
    expect(svg).to.contain('>2.00<').and.to.contain('>0.50<');
    expect(svg.match(/<g /g)?.length).to.equal(svg.match(/<\/g>/g)?.length);
    expect(svg.trimEnd().endsWith('</svg>')).to.equal(true);
  });

  it('draws one epoch, a loss that is no number, and none at all', () => {
    expect(lines(curvesSvg('one', [epoch(1, 1, 1)]))[0]).to.deep.equal([[180, 0]]);
    expect(curvesSvg('none', [])).to.match(/^<svg [^]*<\/svg>\n$/);
    expect(curvesSvg('wild', [epoch(1, Infinity, 0.5), epoch(2, 1, 0.5)])).not.to.match(/NaN|Infinity/);
  });
});
