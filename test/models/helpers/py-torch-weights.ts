import { writeFile } from 'node:fs/promises';
import type { LayersModel } from '@tensorflow/tfjs';
import type { NamedTensor } from '../../../models/lab/detector/safetensors.js';
import { createRandom } from '../../../models/lab/random.js';

/** Weights that fit a model with live norms, as PyTorch would store them, under its own names. */
export function pyTorchWeights(
  model: LayersModel,
  nameOf: (layer: string) => string,
): Map<string, NamedTensor> {
  const random = createRandom(4);
  const tensors = new Map<string, NamedTensor>();
  for (const layer of model.layers) {
    const [first] = layer.getWeights();
    if (!first || layer.getClassName() === 'Dense') continue;
    const name = nameOf(layer.name);
    const make = (part: string, shape: number[], value: () => number): void => {
      const length = shape.reduce((product, side) => product * side, 1);
      tensors.set(`${name}.${part}`, { shape, data: Float32Array.from({ length }, value) });
    };
    if (layer.getClassName() === 'BatchNormalization') {
      for (const part of ['weight', 'running_var']) make(part, first.shape, () => 0.5 + random.uniform());
      for (const part of ['bias', 'running_mean']) make(part, first.shape, () => 0.2 * random.normal());
    } else {
      const [height = 1, width = 1, input = 1, output = 1] = first.shape;
      const depthwise = layer.getClassName() === 'DepthwiseConv2D';
      const shape = depthwise ? [input, 1, height, width] : [output, input, height, width];
      const deviation = Math.sqrt(2 / (height * width * (depthwise ? 1 : input)));
      make('weight', shape, () => deviation * random.normal());
    }
  }
  return tensors;
}

/** Writes a safetensors file of float32. */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, NamedTensor>,
): Promise<void> {
  let end = 0;
  const entries = [...tensors].map(([name, { shape, data }]) => {
    const start = end;
    end += data.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const bodies = [...tensors.values()].map(({ data }) => Buffer.from(data.buffer));
  await writeFile(path, Buffer.concat([length, header, ...bodies]));
}
