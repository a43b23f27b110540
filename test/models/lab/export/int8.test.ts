import { expect } from 'chai';
import fc from 'fast-check';
import { expandInt8 } from '../../../../models/classify/int8-weights.js';
import { storeWeight } from '../../../../models/lab/export/store-weight.js';

/** Weights as they come back from how they are stored. */
function thereAndBack(name: string, shape: readonly number[], data: Float32Array): Float32Array {
  const { entry, bytes } = storeWeight(name, shape, data, 'int8');
  const { weightSpecs, weightData } = expandInt8([entry], bytes);
  expect(weightSpecs[0]).to.deep.equal({ name, shape, dtype: 'float32' });
  return new Float32Array(weightData);
}

describe('int8 weights', () => {
  it('come back within half a scale of their own channel', () => {
    const weights = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(weights, (values) => {
        const data = Float32Array.from(values, (value, i) => value * 10 ** -(i % 4));
        const back = thereAndBack('dense/kernel', [3, 4], data);
        for (const channel of [0, 1, 2, 3]) {
          const own = [0, 1, 2].map((row) => row * 4 + channel);
          const scale = Math.max(...own.map((i) => Math.abs(data[i] ?? 0))) / 127;
          for (const i of own)
            expect(Math.abs((back[i] ?? NaN) - (data[i] ?? 0))).to.be.at.most(scale * 0.501 + 1e-12);
        }
      }),
    );
  });

  it('keep the largest of each channel, its sign, and channels of zeros', () => {
    const back = thereAndBack('dense/kernel', [2, 3], Float32Array.of(1.27, 0, -4, 0.01, 0, 2));
    [1.27, 0, -4, 0.01, 0].forEach((value, i) => expect(back[i]).to.be.closeTo(value, 1e-6));
    expect(back[5]).to.be.closeTo(2, 4 / 127);
  });

  it('scale a depthwise filter by channel and multiplier', () => {
    const data = Float32Array.of(1000, 1, 0.001, 10, 500, -0.5, -0.0005, 5);
    const back = thereAndBack('d/depthwise_kernel', [1, 2, 2, 2], data);
    data.forEach((value, i) => expect(back[i]).to.be.closeTo(value, Math.abs(value) * 0.01));
  });

  it('leave what is no filter as it is stored', () => {
    for (const [name, shape] of [
      ['dense/bias', [4]],
      ['norm/gamma', [2, 2]],
    ] as const) {
      const { entry, bytes } = storeWeight(name, shape, Float32Array.of(1, 2, 3, 4), 'int8');
      expect(entry.quantization?.dtype).to.equal('float16');
      const { weightSpecs, weightData } = expandInt8([entry], bytes);
      expect(weightSpecs[0]).to.deep.equal(entry);
      expect(Buffer.from(weightData)).to.deep.equal(bytes);
    }
  });

  it('are refused when they are fewer or more bytes than the entries need', () => {
    const { entry, bytes } = storeWeight('a/kernel', [2, 2], Float32Array.of(1, 2, 3, 4), 'int8');
    expect(() => expandInt8([entry], bytes.subarray(1))).to.throw(RangeError, '11 bytes');
    expect(() => expandInt8([entry], Buffer.concat([bytes, Buffer.alloc(1)]))).to.throw(
      RangeError,
      '13 bytes',
    );
  });
});
