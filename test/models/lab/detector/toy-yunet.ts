import { writeFile } from 'node:fs/promises';
import type { Tf } from '../../../../models/engine/engine.js';
import { buildYunet } from '../../../../models/lab/detector/yunet.js';
import { createRandom } from '../../../../models/lab/random.js';

/** Writes random weights of YuNet's shape as safetensors. */
export async function writeToyYunet(tf: Tf, path: string): Promise<void> {
  const random = createRandom(3);
  const model = buildYunet(tf);
  const header: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let offset = 0;
  const add = (name: string, shape: readonly number[]): void => {
    const values = Float32Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      () => random.normal() * 0.2,
    );
    const bytes = Buffer.from(values.buffer);
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
    parts.push(bytes);
  };
  for (const layer of model.layers) {
    const [kernel, bias] = layer.getWeights();
    if (kernel === undefined || bias === undefined) continue;
    const name = layer.name.replaceAll('_', '.');
    const [height = 1, width = 1, input = 1, output = 1] = kernel.shape;
    const depthwise = layer.getClassName() === 'DepthwiseConv2D';
    add(`${name}.weight`, depthwise ? [input, 1, height, width] : [output, input, height, width]);
    add(`${name}.bias`, bias.shape);
  }
  model.dispose();
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  await writeFile(path, Buffer.concat([length, json, ...parts]));
}
