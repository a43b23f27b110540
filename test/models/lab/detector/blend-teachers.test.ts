import { expect } from 'chai';
import { blendTeachers } from '../../../../models/lab/detector/blend-teachers.js';

describe('Two teachers', () => {
  const map = (...logits: readonly number[]) => ({
    stride: 8,
    rows: 1,
    columns: logits.length,
    data: Float32Array.from(logits.flatMap((logit) => [logit, 0, 0, 0, 0])),
  });
  const logitsOf = ([level]: readonly { readonly data: Float32Array }[]) =>
    Array.from(level?.data ?? []).filter((_, at) => at % 5 === 0);

  it('answer with the surer one, once the second is brought to the scale of the first', () => {
    const blended = blendTeachers([map(-4, 2, -4)], [map(3, 2.5, -9)], []);
    expect(logitsOf(blended)).to.deep.equal([2, 2, -4]);
  });

  it('leave masked faces to the first', () => {
    const masked = [{ x: 0, y: 0, width: 8, height: 8 }];
    const blended = blendTeachers([map(-4, -4, -4)], [map(3, 3, 3)], masked);
    expect(logitsOf(blended)).to.deep.equal([-4, 2, 2]);
  });

  it('leave the first one’s maps as they were', () => {
    const first = map(-4);
    blendTeachers([first], [map(3)], []);
    expect(first.data[0]).to.equal(-4);
  });
});
