import { expect } from 'chai';
import type { PatchEntry } from '../../../../models/lab/data/patch-store.js';
import { fitUnknownRule } from '../../../../models/lab/train/unknown-rule.js';

describe('The rule by which a classifier says unknown', () => {
  const entry = (label: PatchEntry['label']): PatchEntry => ({
    file: 'x',
    label,
    group: 'x',
    source: 'x',
    faceSide: 40,
    detected: true,
    side: 10,
    offset: 0,
  });
  const row = (mask: number, reject: number): Float32Array =>
    Float32Array.of(mask * (1 - reject), (1 - mask) * (1 - reject), 0, reject);
  const predicted = (rows: readonly Float32Array[]) => ({ entries: rows.map(() => entry('mask')), rows });

  it('is the strictest that leaves few faces unanswered', () => {
    const sure = Array.from({ length: 98 }, () => row(0.97, 0.05));
    const wrong = [row(0.42, 0.05), row(0.42, 0.55)];
    const rule = fitUnknownRule(predicted([...sure, ...wrong]), 4);
    expect(rule).to.include({ minConfidence: 0.9, reject: 0.3, faces: 100 });
    expect(rule.unknown).to.be.closeTo(0.02, 1e-6);
    expect(rule.accuracy).to.be.closeTo(0.98, 1e-6);
    expect(rule.accuracyOfKnown).to.equal(1);
  });

  it('does not turn away many faces, however unsure the network is', () => {
    const rule = fitUnknownRule(predicted(Array.from({ length: 50 }, () => row(0.62, 0.45))), 4);
    expect(rule).to.include({ minConfidence: 0.6, reject: 0.5, unknown: 0 });
  });

  it('is the usual one where there is nothing to fit it on', () => {
    expect(fitUnknownRule(predicted([]), 3)).to.include({ minConfidence: 0.6, reject: 1, faces: 0 });
  });

  it('looks at faces only', () => {
    const rule = fitUnknownRule({ entries: [entry('reject')], rows: [row(0.5, 0.9)] }, 4);
    expect(rule.faces).to.equal(0);
  });
});
