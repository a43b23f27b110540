import { expect } from 'chai';
import type { Engine } from '../../../../models/engine/engine.js';
import { readWeightsOf } from '../../../../models/classify/read-weights.js';
import { detectorManifestSchema } from '../../../../models/detect/own/detector-manifest.js';
import { inputLayout } from '../../../../models/detect/own/input-layout.js';
import { createDetectorNetwork } from '../../../../models/detect/own/run-network.js';
import { foldScale } from '../../../../models/graph/fold-scale.js';
import type { RgbImage } from '../../../../models/image.js';
import { shippedWeights } from '../../../../models/shipped-weights.js';
import { graphEngine, layeredEngine } from '../../helpers/engines.js';

/** A picture without faces, different at every pixel. */
function picture(width: number, height: number): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => Math.imul(i, 2654435761) >>> 24);
  return { width, height, data };
}

async function networkOn(engine: Engine) {
  const { manifest, artifacts } = await readWeightsOf(detectorManifestSchema, shippedWeights('maskwatch-h'));
  const model = await engine.tf.loadLayersModel(engine.tf.io.fromMemory(artifacts));
  return createDetectorNetwork(engine, model, manifest);
}

describe("Our detector's network as a graph", function () {
  this.timeout(60_000);

  // The second one has zeros on its right too, the third one below only, the last one none.
  for (const [width, height] of [
    [640, 360],
    [360, 640],
    [640, 200],
    [640, 384],
  ] as const) {
    it(`gives the numbers of the layers for two pictures of ${width}x${height}`, async () => {
      const graph = await networkOn(await graphEngine());
      const layers = await networkOn(await layeredEngine());
      try {
        const images = [picture(width, height), picture(width, height)];
        const layout = inputLayout({ width, height }, 640, 32);
        const [actual, expected] = [await graph.run(images, layout), await layers.run(images, layout)];
        expect(actual.map(({ length }) => length)).to.deep.equal(expected.map(({ length }) => length));
        expected.forEach((map, level) => {
          const other = actual[level] ?? new Float32Array();
          const worst = map.reduce(
            (most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? NaN))),
            0,
          );
          expect(worst, `map ${level}`).to.be.below(1e-3);
        });
      } finally {
        graph.close();
        layers.close();
      }
    });
  }
});

describe('foldScale', () => {
  it('leaves alone what it cannot take into the first layers', async () => {
    const { tf } = await layeredEngine();
    const dense = tf.sequential({
      layers: [tf.layers.flatten({ inputShape: [2, 2, 3] }), tf.layers.dense({ units: 1 })],
    });
    const normalisation = { mean: [1, 1, 1], std: [2, 2, 2] };
    expect(foldScale(tf, dense, normalisation)).to.equal(normalisation);
    const convolution = tf.sequential({
      layers: [tf.layers.conv2d({ inputShape: [4, 4, 3], filters: 1, kernelSize: 3 })],
    });
    const different = { mean: [1, 2, 3], std: [2, 2, 3] };
    expect(foldScale(tf, convolution, different)).to.equal(different);
    dense.dispose();
    convolution.dispose();
  });
});
