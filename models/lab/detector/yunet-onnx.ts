import { readFile } from 'node:fs/promises';
import type { NamedTensor } from './safetensors.js';
import { strides } from './detector-h.js';
import { heads, yunetPairs } from './yunet.js';

/** One field of a protobuf message: its number, and a number or the bytes of a nested message. */
type Field = readonly [number: number, value: number | Buffer];

/**
 * Reads the weights of published YuNet-n (libfacedetection.train's ONNX export, norms folded) under the names and in the
 * conventions of `buildYunet`: RGB instead of BGR, and `dx, dy` from the middle of a cell instead of its corner. The file's
 * convolutions come in the order of the network; those of the landmarks, which come last, are left out.
 *
 * @throws Error when the file is no such export
 */
export async function readYunetOnnx(path: string): Promise<Map<string, NamedTensor>> {
  const graph = [...fields(await readFile(path))].find(([number]) => number === 7)?.[1];
  if (!Buffer.isBuffer(graph)) throw new Error(`${path} holds no ONNX graph`);
  const initial = new Map<string, NamedTensor>();
  const convolutions: (readonly [weight: string, bias: string])[] = [];
  for (const [number, value] of fields(graph)) {
    if (!Buffer.isBuffer(value)) continue;
    if (number === 5) {
      const { name, tensor } = readTensor(value);
      initial.set(name, tensor);
    } else if (number === 1) {
      const node = [...fields(value)];
      const texts = (wanted: number) => node.filter(([at]) => at === wanted).map(([, text]) => String(text));
      const [, weight, bias] = texts(1);
      if (texts(4)[0] === 'Conv' && weight !== undefined && bias !== undefined)
        convolutions.push([weight, bias]);
    }
  }
  const tensors = new Map<string, NamedTensor>();
  for (const [at, name] of convolutionNames().entries()) {
    const [weight, bias] = convolutions[at]?.map((key) => initial.get(key)) ?? [];
    if (weight === undefined || bias === undefined) throw new Error(`${path} has no weights for ${name}`);
    tensors.set(`${name}.weight`, at === 0 ? reverseInputs(weight) : weight);
    tensors.set(`${name}.bias`, name.endsWith('box.depthwise') ? fromMiddle(bias) : bias);
  }
  return tensors;
}

/** The names of `buildYunet`'s convolutions in the order of the export: level by level a part of the heads at a time. */
function convolutionNames(): string[] {
  const levels = (part: string) => strides.map((stride) => `head.${stride}.${part}`);
  const pairs = [...yunetPairs, ...levels('shared'), ...[heads[0], heads[2], heads[1]].flatMap(levels)];
  return ['stem.conv', ...pairs.flatMap((pair) => [`${pair}.pointwise`, `${pair}.depthwise`])];
}

function reverseInputs({ shape, data }: NamedTensor): NamedTensor {
  const [, inputs = 3, height = 1, width = 1] = shape;
  const plane = height * width;
  const turned = Float32Array.from(data, (_, at) => {
    const input = Math.floor(at / plane) % inputs;
    return data[at + (inputs - 1 - 2 * input) * plane] ?? 0;
  });
  return { shape, data: turned };
}

function fromMiddle({ shape, data }: NamedTensor): NamedTensor {
  return { shape, data: data.map((value, at) => (at < 2 ? value - 0.5 : value)) };
}

/** TensorProto: dims = 1, float_data = 4, name = 8, raw_data = 9. */
function readTensor(message: Buffer): { name: string; tensor: NamedTensor } {
  let name = '';
  let bytes: Buffer = Buffer.alloc(0);
  const shape: number[] = [];
  for (const [number, value] of fields(message)) {
    if (number === 1 && typeof value === 'number') shape.push(value);
    if (number === 8) name = String(value);
    if ((number === 4 || number === 9) && Buffer.isBuffer(value)) bytes = value;
  }
  const data = Float32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readFloatLE(at * 4));
  return { name, tensor: { shape, data } };
}

/** The fields of a protobuf message in their order. */
function* fields(message: Buffer): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    for (let value = 0, weight = 1; ; weight *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte & 127) * weight;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => message.subarray(at, (at += length));
  while (at < message.length) {
    const tag = varint();
    const wire = tag & 7;
    if (wire > 5 || wire === 3 || wire === 4) throw new Error(`Wire type ${wire} is not one of protobuf's`);
    const value = wire === 0 ? varint() : take(wire === 2 ? varint() : wire === 1 ? 8 : 4);
    yield [tag >> 3, value];
  }
}
