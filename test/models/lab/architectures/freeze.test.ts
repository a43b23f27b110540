import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { expect } from 'chai';
import type { Tf } from '../../../../models/engine/engine.js';
import { freezeLayers, parseFreeze, thawLayers } from '../../../../models/lab/architectures/freeze.js';
import { architectureNamed } from '../../../../models/lab/architectures/registry.js';
import { nativeEngine } from '../../helpers/engines.js';

function build(tf: Tf, name: string, headLayers?: number): LayersModel {
  return architectureNamed(name).build(tf, { size: 32, outputs: 3, seed: 1, headLayers });
}

/** Names of the layers that a gradient would reach. */
function trained(model: LayersModel): string[] {
  return model.layers.filter((layer) => layer.trainableWeights.length > 0).map(({ name }) => name);
}

describe('freezing', function () {
  this.timeout(60_000);
  let tf: Tf;
  before(async () => {
    ({ tf } = await nativeEngine());
  });

  it('is written as none, backbone, layers:N or stages:N', () => {
    expect(parseFreeze('none')).to.deep.equal({ kind: 'none' });
    expect(parseFreeze('backbone')).to.deep.equal({ kind: 'backbone' });
    expect(parseFreeze('layers:12')).to.deep.equal({ kind: 'layers', last: 12 });
    expect(parseFreeze('stages:2')).to.deep.equal({ kind: 'stages', last: 2 });
    for (const text of ['', 'all', 'layers', 'layers:0', 'stages:-1', 'stages:1.5'])
      expect(() => parseFreeze(text), text).to.throw(RangeError, 'must be');
  });

  it('leaves the head alone to train, or the head and the last layers or stages', () => {
    const model = build(tf, 'basic-cnn', 2);
    const head = ['dense1', 'logits'];
    const all = ['conv1', 'conv2', 'conv3', 'conv4', ...head];
    expect(freezeLayers(model, { kind: 'none' })).to.deep.equal([]);
    expect(trained(model)).to.deep.equal(all);
    expect(freezeLayers(model, { kind: 'backbone' })).to.deep.equal(all.slice(0, 4));
    expect(trained(model)).to.deep.equal(head);
    thawLayers(model);
    expect(trained(model)).to.deep.equal(all);
    freezeLayers(model, { kind: 'layers', last: 3 });
    expect(trained(model)).to.deep.equal(all.slice(1));
    thawLayers(model);
    freezeLayers(model, { kind: 'stages', last: 1 });
    expect(trained(model)).to.deep.equal(['conv4', ...head]);
    thawLayers(model);
    expect(() => freezeLayers(model, { kind: 'layers', last: 5 })).to.throw(RangeError, '4 layers');
    model.dispose();
  });

  it('keeps norms with their convolution, gates with their stage, and counts a stage by the size of the map', () => {
    const model = build(tf, 'mobilenet-v3-small');
    freezeLayers(model, { kind: 'layers', last: 1 });
    expect(trained(model)).to.deep.equal(['features.12.0', 'features.12.1', 'head1', 'logits']);
    thawLayers(model);
    const frozen = freezeLayers(model, { kind: 'stages', last: 1 });
    // The fifth halving is the depthwise convolution of the ninth block.
    expect(frozen.at(-1)).to.equal('features.9.block.0.1');
    expect(trained(model)[0]).to.equal('features.9.block.1.0');
    expect(trained(model)).to.include('features.9.block.2.fc1');
    model.dispose();
  });

  it('makes a frozen norm run on its stored statistics in training, and thaws it again', () => {
    const model = build(tf, 'mobilenet-v3-small');
    const norm = model.getLayer('features.0.1');
    const x = tf.randomNormal([2, 4, 4, 16], 3, 2, 'float32', 1);
    const run = (training: boolean): Float32Array =>
      tf.tidy(() => (norm.apply(x, { training }) as Tensor).dataSync<'float32'>());
    const stored = (): Float32Array[] => norm.getWeights().map((w) => w.dataSync<'float32'>().slice());
    const before = stored();
    freezeLayers(model, { kind: 'backbone' });
    expect(run(true)).to.deep.equal(run(false));
    expect(stored()).to.deep.equal(before);
    thawLayers(model);
    expect(run(true)).not.to.deep.equal(run(false));
    expect(stored()).not.to.deep.equal(before);
    x.dispose();
    model.dispose();
  });
});
