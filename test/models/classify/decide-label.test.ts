import { expect } from 'chai';
import fc from 'fast-check';
import type { LabelRule } from '../../../models/classify/decide-label.js';
import { decideLabel } from '../../../models/classify/decide-label.js';

const rule: LabelRule = {
  classes: ['mask', 'no_mask', 'incorrect', 'reject'],
  thresholds: { minConfidence: 0.6, minFaceSide: 12, reject: 0.5 },
};

describe('decideLabel', () => {
  it('takes the largest worn state', () => {
    const { label, probabilities, reject } = decideLabel([0.1, 0.7, 0.1, 0.1], 20, rule);
    expect(label).to.equal('no_mask');
    expect(probabilities.no_mask).to.be.closeTo(0.7 / 0.9, 1e-9);
    expect(reject).to.equal(0.1);
  });

  it('shares the probability of a usable face among the worn states', () => {
    // 0.4 of 0.6 is more than the limit of 0.6, although 0.4 is less.
    expect(decideLabel([0.4, 0.1, 0.1, 0.4], 20, rule).label).to.equal('mask');
  });

  it('says unknown of what seems no face, of an unsure answer and of a small face', () => {
    expect(decideLabel([0.4, 0, 0, 0.6], 20, rule).label).to.equal('unknown');
    expect(decideLabel([0.5, 0.4, 0.1, 0], 20, rule).label).to.equal('unknown');
    expect(decideLabel([0.9, 0.1, 0, 0], 11, rule).label).to.equal('unknown');
    expect(decideLabel([0, 0, 0, 1], 20, rule).label).to.equal('unknown');
  });

  it('gives 0 to a state that the network does not know', () => {
    const two: LabelRule = { ...rule, classes: ['no_mask', 'mask'] };
    const { label, probabilities, reject } = decideLabel([0.2, 0.8], 20, two);
    expect({ label, incorrect: probabilities.incorrect, reject }).to.deep.equal({
      label: 'mask',
      incorrect: 0,
      reject: 0,
    });
  });

  it('always gives probabilities that sum to 1, and a label that is the largest of them', () => {
    const weight = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(weight, weight, weight, weight), fc.nat(100), (weights, side) => {
        const sum = weights.reduce((a, b) => a + b, 0) || 1;
        const { label, probabilities } = decideLabel(
          weights.map((w) => w / sum),
          side,
          rule,
        );
        const values = Object.values(probabilities);
        expect(values.reduce((a, b) => a + b, 0)).to.be.closeTo(1, 1e-9);
        if (label !== 'unknown') expect(probabilities[label]).to.equal(Math.max(...values));
      }),
    );
  });
});
