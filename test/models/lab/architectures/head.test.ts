import { expect } from 'chai';
import { hiddenWidths } from '../../../../models/lab/architectures/head.js';
import { architectureNamed, architectures } from '../../../../models/lab/architectures/registry.js';
import { nativeEngine } from '../../helpers/engines.js';

const light = ['cnn-2conv', 'cnn-3conv', 'basic-cnn', 'mobilenet-v2-cut', 'mobilenet-v3-small'];

describe('heads', function () {
  this.timeout(60_000);

  it('have the layers of the architecture first, then narrower ones up to the number asked for', () => {
    expect(hiddenWidths([])).to.deep.equal([]);
    expect(hiddenWidths([1024])).to.deep.equal([1024]);
    expect(hiddenWidths([64], 4)).to.deep.equal([64, 64, 64]);
    expect(hiddenWidths([1024], 4)).to.deep.equal([1024, 128, 128]);
    expect(hiddenWidths([256, 128], 2)).to.deep.equal([256]);
    expect(() => hiddenWidths([], 0)).to.throw(RangeError, 'at least one');
  });

  for (const name of light) {
    it(`of 2, 4 and 8 dense layers for 2, 3 and 4 outputs fit ${name}`, async () => {
      const { tf } = await nativeEngine();
      const before = tf.memory().numTensors;
      for (const [headLayers, outputs] of [
        [2, 2],
        [4, 3],
        [8, 4],
      ] as const) {
        const model = architectureNamed(name).build(tf, { size: 32, outputs, seed: 1, headLayers });
        const dense = model.layers.filter((layer) => layer.getClassName() === 'Dense');
        expect(dense).to.have.length(headLayers);
        expect(dense.at(-1)?.name).to.equal('logits');
        const single = name === 'cnn-3conv' && outputs === 2;
        expect(model.outputs[0]?.shape).to.deep.equal([null, single ? 1 : outputs]);
        model.dispose();
      }
      expect(tf.memory().numTensors).to.equal(before);
    });
  }

  it('start from the same weights for the same seed', async () => {
    const { tf } = await nativeEngine();
    const weights = (seed: number): number[][] => {
      const model = architectureNamed('mobilenet-v3-small').build(tf, { size: 32, outputs: 3, seed });
      const values = model.getWeights().map((weight) => [...weight.dataSync().slice(0, 20)]);
      model.dispose();
      return values;
    };
    const first = weights(5);
    expect(weights(5)).to.deep.equal(first);
    expect(weights(6)).not.to.deep.equal(first);
  });

  it('are found by the architecture’s name, and an unknown name is told of all', () => {
    for (const architecture of architectures)
      expect(architectureNamed(architecture.name)).to.equal(architecture);
    expect(() => architectureNamed('vgg')).to.throw(/no architecture vgg.*resnet50/);
  });
});
