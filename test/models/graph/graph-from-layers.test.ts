import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs';
import { expect } from 'chai';
import type { Tf } from '../../../models/engine/engine.js';
import { GraphBuilder } from '../../../models/graph/graph-builder.js';
import { graphFromLayers } from '../../../models/graph/graph-from-layers.js';
import { normalise, pixelInput } from '../../../models/graph/pixels.js';
import { graphEngine } from '../helpers/engines.js';

const side = 12;

/** Random bytes that are the same every time. */
function pixels(count: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length: count }, () => (state = (state * 16807) % 2147483647) % 256);
}

/** Makes weights, also those of batch norms, different from their first values. */
function shake(tf: Tf, model: LayersModel): void {
  tf.tidy(() => {
    model.setWeights(
      model
        .getWeights()
        .map((tensor, i) => tensor.add(tf.randomUniform(tensor.shape, 0.05, 0.5, 'float32', i))),
    );
  });
}

type Build = (tf: Tf, x: SymbolicTensor) => SymbolicTensor;

function apply(
  layer: { apply(x: SymbolicTensor | SymbolicTensor[]): unknown },
  ...x: SymbolicTensor[]
): SymbolicTensor {
  return layer.apply(x.length === 1 ? (x[0] ?? []) : x) as SymbolicTensor;
}

const networks: Readonly<Record<string, Build>> = {
  'two convolutions, two poolings, two dense layers and softmax': ({ layers }, x) => {
    let y = apply(layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu' }), x);
    y = apply(layers.maxPooling2d({ poolSize: 2 }), y);
    y = apply(
      layers.conv2d({ filters: 5, kernelSize: 3, padding: 'same', dilationRate: 2, activation: 'relu6' }),
      y,
    );
    y = apply(layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }), y);
    y = apply(layers.dropout({ rate: 0.5 }), apply(layers.flatten(), y));
    y = apply(layers.dense({ units: 6, activation: 'tanh' }), y);
    return apply(layers.dense({ units: 3, activation: 'softmax' }), y);
  },
  'an inverted residual with norms, squeeze and excitation': ({ layers }, x) => {
    let y = apply(
      layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', useBias: false }),
      x,
    );
    y = apply(layers.reLU({ maxValue: 6 }), apply(layers.batchNormalization(), y));
    const shortcut = y;
    y = apply(layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthMultiplier: 2 }), y);
    y = apply(
      layers.activation({ activation: 'swish' }),
      apply(layers.batchNormalization({ scale: false }), y),
    );
    let gate = apply(layers.reshape({ targetShape: [1, 1, 8] }), apply(layers.globalAveragePooling2d({}), y));
    gate = apply(layers.conv2d({ filters: 8, kernelSize: 1, activation: 'hardSigmoid' }), gate);
    y = apply(layers.multiply(), y, gate);
    y = apply(layers.conv2d({ filters: 4, kernelSize: 1 }), y);
    y = apply(layers.add(), shortcut, apply(layers.batchNormalization({ center: false }), y));
    y = apply(layers.globalAveragePooling2d({}), y);
    return apply(layers.dense({ units: 1, activation: 'sigmoid' }), y);
  },
  'paddings, separable convolution, enlarging and joining': ({ layers }, x) => {
    let y = apply(
      layers.zeroPadding2d({
        padding: [
          [1, 0],
          [2, 1],
        ],
      }),
      x,
    );
    y = apply(
      layers.separableConv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'valid', depthMultiplier: 2 }),
      y,
    );
    // Used twice, so this norm cannot be folded.
    const norm = apply(layers.batchNormalization(), y);
    const wide = apply(layers.upSampling2d({ size: [2, 2] }), norm);
    const other = apply(layers.leakyReLU({ alpha: 0.1 }), apply(layers.upSampling2d({ size: [2, 2] }), y));
    y = apply(layers.concatenate(), wide, other);
    return apply(layers.softmax(), apply(layers.flatten(), y));
  },
  'a network inside a network, used twice': (tf, x) => {
    const { layers } = tf;
    const inner = tf.sequential({
      layers: [
        layers.conv2d({ filters: 3, kernelSize: 3, padding: 'same', inputShape: [side, side, 3] }),
        layers.batchNormalization(),
      ],
    });
    const y = apply(layers.add(), apply(inner, x), apply(inner, apply(inner, x)));
    return apply(layers.dense({ units: 2 }), apply(layers.flatten(), y));
  },
};

describe('graphFromLayers', () => {
  for (const [title, build] of Object.entries(networks)) {
    it(`gives the numbers of the layers for ${title}`, async () => {
      const engine = await graphEngine();
      const { tf } = engine;
      const x = tf.input({ shape: [side, side, 3] });
      const model = tf.model({ inputs: x, outputs: build(tf, x) });
      shake(tf, model);
      const before = tf.memory().numTensors;
      const mean = [120, 110, 100];
      const std = [60, 50, 40];

      const graph = new GraphBuilder();
      const input = normalise(graph, pixelInput(graph, 'pixels', [-1, side, side, 3]), mean, std);
      const [output] = graphFromLayers(graph, model, [input]);
      if (output === undefined) throw new Error('no output');
      const compiled = await engine.compile(graph.toSavedModel({ y: output }));
      const first = pixels(2 * side * side * 3);
      const second = pixels(side * side * 3);
      const bytes = new Uint8Array([...first, ...second]);
      const { y } = compiled.run({ pixels: [bytes] });
      compiled.close();

      const expected = tf.tidy(() =>
        (
          model.predict(
            tf.tensor4d(Float32Array.from(bytes), [3, side, side, 3]).sub(mean).div(std),
          ) as ReturnType<typeof tf.tensor>
        ).dataSync(),
      );
      expect(y?.shape[0]).to.equal(3);
      expect(y?.data.length).to.equal(expected.length);
      for (const [i, value] of expected.entries())
        expect(y?.data[i]).to.be.closeTo(value, 1e-4 * Math.max(1, Math.abs(value)));
      expect(tf.memory().numTensors).to.equal(before);
      model.dispose();
    });
  }

  it('names the layer that it has no graph for', async () => {
    const { tf } = await graphEngine();
    const model = tf.sequential({
      layers: [tf.layers.permute({ name: 'turned', dims: [2, 1, 3], inputShape: [4, 4, 3] })],
    });
    const graph = new GraphBuilder();
    const x = graph.input('x', 'float32', [-1, 4, 4, 3]);
    expect(() => graphFromLayers(graph, model, [x])).to.throw(RangeError, /turned.*Permute/);
    model.dispose();
  });
});
