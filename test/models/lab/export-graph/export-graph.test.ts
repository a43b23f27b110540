import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { expect } from 'chai';
import type { Tf } from '../../../../models/engine/engine.js';
import { exportGraph } from '../../../../models/lab/export-graph/export-graph.js';
import { exportText } from '../../../../models/lab/export-graph/export-text.js';
import { writeWeights } from '../../../../models/lab/export/write-weights.js';
import { openWeights } from '../../../../models/classify/open-weights.js';
import { networkInput } from '../../../../models/lab/train/network-input.js';
import { graphEngine, layeredEngine } from '../../helpers/engines.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { toyFacts } from '../toy-weights.js';

/** A small network with batch norms after both kinds of convolution, their statistics far from the initial ones. */
function normedNetwork(tf: Tf): LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [16, 16, 3], filters: 6, kernelSize: 3, useBias: false }),
      tf.layers.batchNormalization(),
      tf.layers.reLU({ maxValue: 6 }),
      tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', useBias: false }),
      tf.layers.batchNormalization(),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 3, name: 'logits' }),
      tf.layers.softmax(),
    ],
  });
  tf.tidy(() => {
    model.setWeights(
      model.weights.map((weight, i) => tf.randomUniform(weight.read().shape, 0.2, 1.4, 'float32', i + 1)),
    );
  });
  return model;
}

describe('exportGraph', () => {
  const root = temporaryFolder();
  const weights = join(root, 'toy');
  before(async () => {
    const { tf } = await graphEngine();
    const model = normedNetwork(tf);
    await writeWeights(weights, model, toyFacts({ inputSize: 16 }));
    model.dispose();
  });

  it('writes one file that gives the probabilities of the layers within 1e-4, from raw bytes', async () => {
    const engine = await graphEngine();
    const { tf } = engine;
    const before = tf.memory().numTensors;
    const target = join(root, 'equal');
    const report = await exportGraph(engine, weights, target);
    expect(await readdir(target)).to.deep.equal(['saved_model.pb']);
    expect(report.largestDifference).to.be.within(0, 1e-4);

    const pixels = Uint8Array.from({ length: 3 * 16 * 16 * 3 }, (_, i) => (i * 41) % 256);
    const graph = await engine.compile(await readFile(join(target, 'saved_model.pb')));
    const [input] = report.inputs;
    const [output] = report.outputs;
    const got = graph.run({ [input?.name ?? '']: [pixels] })[output?.name ?? ''];
    graph.close();
    const { model, manifest } = await openWeights(tf, weights);
    const wanted = tf.tidy(() => [
      ...(model.predict(networkInput(tf, pixels, 16, manifest.normalisation)) as Tensor).dataSync(),
    ]);
    model.dispose();
    expect(got?.shape).to.deep.equal([3, 3]);
    wanted.forEach((value, i) => expect(got?.data[i]).to.be.closeTo(value, 1e-4));
    expect(tf.memory().numTensors).to.equal(before);
  });

  it('holds no batch norm and no variable: they are folded into constants', async () => {
    const target = join(root, 'folded');
    const { file } = await exportGraph(await graphEngine(), weights, target);
    const text = (await readFile(file)).toString('latin1');
    expect(text).to.contain('DepthwiseConv2dNative');
    expect(text).not.to.match(/BatchNorm|VarHandleOp|ReadVariableOp/);
  });

  it('names its inputs and outputs for people', async () => {
    const target = join(root, 'named');
    const report = await exportGraph(await graphEngine(), weights, target);
    const text = exportText(report);
    expect(text).to.contain('pixels: string [k], bytes of n 16x16 rgb24 crops, row-major, 768 bytes each');
    expect(text).to.contain('probabilities: float32 [n, 3], probabilities of mask, no_mask, incorrect');
    expect(text).to.contain(report.sha256);
  });

  it('says that nothing was compared where the engine runs no graphs', async () => {
    const target = join(root, 'layered');
    const report = await exportGraph(await layeredEngine(), weights, target);
    expect(report.largestDifference).to.equal(null);
    expect(exportText(report)).to.contain('not compared');
    expect(existsSync(join(target, 'saved_model.pb'))).to.equal(true);
  });

  it('writes nothing from damaged weights', async () => {
    const { tf } = await graphEngine();
    const damaged = join(root, 'damaged', 'toy');
    const model = normedNetwork(tf);
    await writeWeights(damaged, model, toyFacts({ inputSize: 16 }));
    model.dispose();
    await writeFile(join(damaged, 'weights.bin'), 'x');
    const target = join(root, 'none');
    let message = '';
    await exportGraph(await graphEngine(), damaged, target).catch((e: unknown) => (message = String(e)));
    expect(message).to.contain('weights.bin is damaged');
    expect(existsSync(target)).to.equal(false);
  });
});
