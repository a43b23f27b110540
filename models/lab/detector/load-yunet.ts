import { sigmoid } from '../../detect/dense-map.js';
import { createDetectorNetwork, type DetectorNetwork } from '../../detect/own/run-network.js';
import type { Engine } from '../../engine/engine.js';
import { loadPyTorchWeights } from './blocks.js';
import { readSafetensors } from './safetensors.js';
import { buildYunet } from './yunet.js';
import { readYunetOnnx } from './yunet-onnx.js';

/**
 * Loads YuNet-n, to learn from and to measure against. Its maps are those of our own detectors: one logit of
 * sqrt(sigmoid(class) · sigmoid(objectness)), then the box.
 *
 * @param path `.onnx` as published, or `.safetensors` under the names of `buildYunet`
 * @throws Error when a weight is missing
 */
export async function loadYunet(engine: Engine, path: string): Promise<DetectorNetwork> {
  const model = buildYunet(engine.tf);
  const weights = path.endsWith('.onnx') ? await readYunetOnnx(path) : await readSafetensors(path);
  loadPyTorchWeights(engine.tf, model, weights);
  const network = await createDetectorNetwork(engine, model, {
    normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
  });
  return {
    run: async (images, layout) => (await network.run(images, layout)).map(mergeScores),
    close: () => network.close(),
  };
}

/** Six numbers a cell to five. */
function mergeScores(cells: Float32Array): Float32Array {
  const merged = new Float32Array((cells.length / 6) * 5);
  for (let from = 0, to = 0; from < cells.length; from += 6, to += 5) {
    const score = Math.sqrt(sigmoid(cells[from] ?? 0) * sigmoid(cells[from + 1] ?? 0));
    const bounded = Math.min(Math.max(score, 1e-7), 1 - 1e-7);
    merged[to] = Math.log(bounded / (1 - bounded));
    merged.set(cells.subarray(from + 2, from + 6), to + 1);
  }
  return merged;
}
