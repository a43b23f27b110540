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

  // The second one has zeros on its right too, the third one below only, the fourth one none; the last one is enlarged.
  for (const [width, height] of [
    [640, 360],
    [360, 640],
    [640, 200],
    [640, 384],
    [320, 180],
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

describe("Our detector's network on larger pictures", function () {
  this.timeout(60_000);

  it('sees the mean of the pixels under each of its own', async () => {
    const graph = await networkOn(await graphEngine());
    try {
      const small = picture(320, 180);
      const large = enlarged(small);
      const layout = inputLayout(small, 320, 32);
      const [expected, actual] = [await graph.run([small], layout), await graph.run([large], layout)];
      expected.forEach((map, level) =>
        map.forEach((value, i) => expect(actual[level]?.[i]).to.be.closeTo(value, 1e-3)),
      );
    } finally {
      graph.close();
    }
  });
});

/** Twice as wide and high; the four pixels for each one lie around it by turns, and their mean is its value. */
function enlarged({ width, height, data }: RgbImage): RgbImage {
  const large = new Uint8Array(4 * data.length);
  for (let y = 0; y < 2 * height; y++) {
    for (let x = 0; x < 2 * width; x++) {
      for (let c = 0; c < 3; c++) {
        const value = data[((y >> 1) * width + (x >> 1)) * 3 + c] ?? 0;
        const most = Math.min(value, 255 - value);
        large[(y * 2 * width + x) * 3 + c] = (x + y) % 2 === 0 ? value + most : value - most;
      }
    }
  }
  return { width: 2 * width, height: 2 * height, data: large };
}

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
