import type { LayersModel, Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { expect } from 'chai';
import type { Engine, Tf } from '../../../../models/engine/engine.js';
import { GraphBuilder } from '../../../../models/graph/graph-builder.js';
import { graphFromLayers } from '../../../../models/graph/graph-from-layers.js';
import { normalise, pixelInput } from '../../../../models/graph/pixels.js';
import { countParameters } from '../../../../models/lab/architectures/count-parameters.js';
import { architectureNamed, architectures } from '../../../../models/lab/architectures/registry.js';
import { createRandom } from '../../../../models/lab/random.js';
import { FlatOptimizer } from '../../../../models/lab/train/flat-optimizer.js';
import { networkInput } from '../../../../models/lab/train/network-input.js';
import { everyLogit } from '../../../../models/lab/train/single-output.js';
import { trainedVariables } from '../../../../models/lab/train/trained-variables.js';
import { graphEngine } from '../../helpers/engines.js';

interface Case {
  readonly name: string;
  readonly size: number;
  readonly outputs: number;
  /** As torchvision and timm count. */
  readonly parameters: number;
  /** With running means and variances. */
  readonly all: number;
}

/** The input's side changes the count only of networks that flatten their map. */
const cases: readonly Case[] = [
  { name: 'cnn-2conv', size: 64, outputs: 2, parameters: 822_402, all: 822_402 },
  { name: 'cnn-3conv', size: 224, outputs: 2, parameters: 6_446_369, all: 6_446_369 },
  { name: 'basic-cnn', size: 64, outputs: 3, parameters: 655_267, all: 655_267 },
  { name: 'mobilenet-v2-cut', size: 64, outputs: 4, parameters: 534_852, all: 534_852 },
  { name: 'mobilenet-v2', size: 64, outputs: 1000, parameters: 3_504_872, all: 3_538_984 },
  { name: 'mobilenet-v3-small', size: 64, outputs: 1000, parameters: 2_542_856, all: 2_554_968 },
  { name: 'mnasnet-1.0', size: 64, outputs: 1000, parameters: 4_383_312, all: 4_421_232 },
  { name: 'efficientnet-b0', size: 64, outputs: 1000, parameters: 5_288_548, all: 5_330_564 },
  { name: 'efficientnet-lite0', size: 64, outputs: 1000, parameters: 4_652_008, all: 4_694_024 },
  { name: 'resnet50', size: 64, outputs: 1000, parameters: 25_557_032, all: 25_610_152 },
];

const count = 4;

function pixels(size: number): Uint8Array {
  const random = createRandom(size);
  return Uint8Array.from({ length: count * size * size * 3 }, () => random.below(256));
}

/** Takes one step against the gradient on one batch. @returns the loss on that batch before and after */
function trainOnce(tf: Tf, model: LayersModel, input: Tensor4D, outputs: number): [number, number] {
  const logits = tf.model({ inputs: model.inputs, outputs: model.getLayer('logits').output });
  // The same values are dropped both times.
  for (const layer of model.layers) if (layer.getClassName() === 'Dropout') Object.assign(layer, { seed: 7 });
  const variables = trainedVariables(tf, model);
  const optimizer = new FlatOptimizer(tf, variables, {
    kind: 'sgd',
    decay: 0,
    averaging: 0,
    clip: 1,
    rateScales: [],
  });
  const truth = tf.tidy(() => tf.oneHot(tf.tensor1d([0, 1, 1, 0], 'int32'), outputs));
  const loss = (): Scalar => {
    const rows = everyLogit(tf, logits.apply(input, { training: true }) as Tensor2D);
    return truth.mul(rows.logSoftmax()).sum(1).mean<Scalar>().neg();
  };
  const { value, grads } = tf.variableGrads(loss, variables);
  optimizer.step(grads, 0.002);
  tf.dispose(grads);
  const after = tf.tidy(loss);
  const losses: [number, number] = [value.dataSync()[0] ?? NaN, after.dataSync()[0] ?? NaN];
  optimizer.close();
  tf.dispose([truth, value, after]);
  return losses;
}

/** The logits by the graph and by the layers, and how far they are apart, in units of the largest. */
async function graphDifference(
  { tf, compile }: Required<Engine>,
  model: LayersModel,
  bytes: Uint8Array,
  input: Tensor4D,
  size: number,
): Promise<number> {
  const logits = tf.model({ inputs: model.inputs, outputs: model.getLayer('logits').output });
  const { mean, std } = architectureNamed(model.name).normalisation;
  const graph = new GraphBuilder();
  const pixels = pixelInput(graph, 'pixels', [-1, size, size, 3]);
  const [output] = graphFromLayers(graph, logits, [normalise(graph, pixels, mean, std)]);
  if (!output) throw new Error('no output');
  const compiled = await compile(graph.toSavedModel({ logits: output }));
  const got = compiled.run({ pixels: [bytes] }).logits?.data ?? new Float32Array();
  compiled.close();
  const wanted = tf.tidy(() => (logits.predict(input) as Tensor2D).dataSync<'float32'>());
  expect(got.length).to.equal(wanted.length);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return wanted.reduce((most, value, i) => Math.max(most, Math.abs(value - (got[i] ?? NaN)) / largest), 0);
}

describe('architectures', function () {
  this.timeout(120_000);

  it('are all tested here', () => {
    expect(cases.map(({ name }) => name)).to.have.members(architectures.map(({ name }) => name));
  });

  for (const { name, size, outputs, parameters, all } of cases) {
    it(`${name} has its shape and count, learns from one step, and gives the same numbers as a graph`, async () => {
      const engine = await graphEngine();
      const { tf } = engine;
      const tensors = tf.memory().numTensors;
      const architecture = architectureNamed(name);
      const model = architecture.build(tf, { size, outputs, seed: 3 });
      expect(model.inputs[0]?.shape).to.deep.equal([null, size, size, 3]);
      expect(model.outputs[0]?.shape).to.deep.equal([null, name === 'cnn-3conv' ? 1 : outputs]);
      expect(model.layers.slice(-2).map((layer) => layer.name)).to.deep.equal(['logits', 'probabilities']);
      expect(countParameters(model)).to.equal(parameters);
      expect(model.countParams()).to.equal(all);

      const bytes = pixels(size);
      const input = networkInput(tf, bytes, size, architecture.normalisation);
      const [before, after] = trainOnce(tf, model, input, outputs);
      expect(after).to.be.lessThan(before);
      expect(await graphDifference(engine, model, bytes, input, size)).to.be.lessThan(1e-3);
      tf.dispose(input);
      model.dispose();
      expect(tf.memory().numTensors).to.equal(tensors);
    });
  }
});
