import { join } from 'node:path';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { expect } from 'chai';
import sharp from 'sharp';
import type { Tf } from '../../../../models/engine/engine.js';
import { checkPretrained } from '../../../../models/lab/architectures/check-pretrained.js';
import { loadPretrained } from '../../../../models/lab/architectures/load-pretrained.js';
import type { PyTorchWeights } from '../../../../models/lab/architectures/load-pretrained.js';
import { normDrift, worstDrift } from '../../../../models/lab/architectures/norm-drift.js';
import { put } from '../../../../models/lab/architectures/put.js';
import { architectureNamed } from '../../../../models/lab/architectures/registry.js';
import { networkInput } from '../../../../models/lab/train/network-input.js';
import { nativeEngine } from '../../helpers/engines.js';
import { samplePath } from '../../helpers/pictures.js';
import { pyTorchWeights, writeSafetensors } from '../../helpers/py-torch-weights.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const size = 64;

async function photographs(tf: Tf, arch: string): Promise<ReturnType<typeof networkInput>> {
  const crops = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((number) =>
      sharp(samplePath(number)).resize(size, size, { fit: 'cover' }).removeAlpha().raw().toBuffer(),
    ),
  );
  return networkInput(tf, new Uint8Array(Buffer.concat(crops)), size, architectureNamed(arch).normalisation);
}

describe('pretrained weights', function () {
  this.timeout(60_000);
  let tf: Tf;
  before(async () => {
    ({ tf } = await nativeEngine());
  });

  it('give the same features folded into biases as with live norms', () => {
    const before = tf.memory().numTensors;
    const options = { size, outputs: 3, seed: 1 };
    const whole = architectureNamed('mobilenet-v2').build(tf, options);
    const cut = architectureNamed('mobilenet-v2-cut').build(tf, options);
    const weights: PyTorchWeights = pyTorchWeights(whole, (name) => name);
    expect(loadPretrained(tf, whole, weights)).to.have.length(52 * 2);
    expect(loadPretrained(tf, cut, weights)).to.have.length(13 * 3);
    const features = (model: LayersModel): Float32Array =>
      tf.tidy(() => {
        const output = model.getLayer('features.13.add').output;
        const part = tf.model({ inputs: model.inputs, outputs: output });
        const x = tf.randomNormal([1, size, size, 3], 0, 1, 'float32', 2);
        return (part.predict(x) as Tensor).dataSync<'float32'>();
      });
    const live = features(whole);
    const folded = features(cut);
    const largest = live.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).to.be.greaterThan(0.1);
    live.forEach((value, i) => {
      expect(folded[i]).to.be.closeTo(value, 1e-3 * largest);
    });
    whole.dispose();
    cut.dispose();
    expect(tf.memory().numTensors).to.equal(before);
  });

  it('are read from a file and checked on photographs', async () => {
    const model = architectureNamed('mobilenet-v2').build(tf, { size, outputs: 2, seed: 1 });
    const file = join(temporaryFolder(), 'weights.safetensors');
    await writeSafetensors(
      file,
      pyTorchWeights(model, (name) => name),
    );
    model.dispose();
    const before = tf.memory().numTensors;
    const check = { architecture: 'mobilenet-v2', pretrained: file, size, photographs: [samplePath(1)] };
    const drifts = await checkPretrained(tf, check);
    expect(drifts).to.have.length(52);
    expect(drifts[0]?.layer).to.equal('features.0.1');
    expect(drifts.every(({ mean, variance }) => mean >= 0 && variance >= 1)).to.equal(true);
    const failure = await checkPretrained(tf, { ...check, architecture: 'mobilenet-v2-cut' }).catch(String);
    expect(failure).to.contain('no batch norms');
    const unfit = await checkPretrained(tf, { ...check, architecture: 'mnasnet-1.0' }).catch(String);
    expect(unfit).to.contain('no tensor layers.0.weight');
    expect(tf.memory().numTensors).to.equal(before);
  });

  it('are found under the names of efficientnet-pytorch too', () => {
    const model = architectureNamed('efficientnet-lite0').build(tf, { size, outputs: 2, seed: 1 });
    const weights = pyTorchWeights(model, (name) => name.replace(/(^|\.)(?=[a-z])/g, '$1_'));
    expect([...weights.keys()]).to.include('_blocks.0._bn1.running_var');
    expect(loadPretrained(tf, model, weights)).to.have.length(49 * 2);
    const stem = weights.get('_conv_stem.weight');
    const kernel = tf.tidy(() => model.getLayer('conv_stem').getWeights()[0]?.transpose([3, 2, 0, 1]));
    expect(kernel?.dataSync()).to.deep.equal(stem?.data);
    kernel?.dispose();
    model.dispose();
  });

  it('name the tensor that the file lacks, and the layer that one does not fit', () => {
    const model = architectureNamed('mobilenet-v2').build(tf, { size, outputs: 2, seed: 1 });
    const tensors = tf.memory().numTensors;
    const weights = pyTorchWeights(model, (name) => name);
    weights.set('features.1.conv.0.0.weight', { shape: [1, 1, 3, 3], data: new Float32Array(9) });
    expect(() => loadPretrained(tf, model, weights)).to.throw('features.1.conv.0.0');
    weights.delete('features.0.1.running_mean');
    expect(() => loadPretrained(tf, model, weights)).to.throw('no tensor features.0.1.running_mean');
    expect(tf.memory().numTensors).to.equal(tensors);
    model.dispose();
  });

  it('agree with photographs where the statistics are right, and show the first layer where they are not', async () => {
    const x = tf.input({ shape: [size, size, 3] });
    let y = x;
    for (const at of [1, 2, 3, 4]) {
      const kernelInitializer = tf.initializers.heNormal({ seed: at });
      y = put(tf.layers.conv2d({ filters: 8 * at, kernelSize: 3, strides: 2, kernelInitializer }), y);
      y = put(tf.layers.batchNormalization({ name: `norm${at}`, momentum: 0.5 }), y);
      y = put(tf.layers.reLU(), y);
    }
    const model = tf.model({ inputs: x, outputs: y });
    const input = await photographs(tf, 'mobilenet-v2');
    const before = tf.memory().numTensors;
    // Running averages over many passes of the same photographs come to their statistics.
    for (let pass = 0; pass < 30; pass++) (model.apply(input, { training: true }) as Tensor).dispose();
    const right = normDrift(tf, model, input);
    expect(right).to.have.length(4);
    const worst = worstDrift(right);
    expect(worst?.mean).to.be.lessThan(0.05);
    expect(worst?.variance).to.be.lessThan(1.1);

    const norm = model.getLayer('norm3');
    tf.tidy(() => {
      norm.setWeights(norm.getWeights().map((weight, i) => (i === 3 ? weight.mul(9) : weight)));
    });
    const wrong = normDrift(tf, model, input);
    const first = wrong.find(({ variance }) => variance > 2);
    expect(first?.layer).to.equal('norm3');
    expect(worstDrift([])).to.equal(null);
    expect(tf.memory().numTensors).to.equal(before);
    input.dispose();
    model.dispose();
  });
});
