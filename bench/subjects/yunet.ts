import { createRequire } from 'node:module';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { inputLayout } from '../../models/detect/own/input-layout.js';
import { nonMaxSuppression } from '../../models/detect/non-max-suppression.js';
import type { Detection } from '../../models/detector.js';
import type { RgbImage } from '../../models/image.js';
import type { Subject } from './subject.js';

const strides = [8, 16, 32] as const;
const minScore = 0.6;
const maxOverlap = 0.4;
const longSide = 640;

/** YuNet-n on ONNX Runtime: frames of 640 pixels on their long side, padded to a multiple of 32, one by one. */
export async function yunetSubject(threads: number, peers: string): Promise<Subject> {
  const session = await InferenceSession.create(join(peers, 'yunet_n_dynamic.onnx'), {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: threads,
    executionMode: 'sequential',
  });
  const [input = ''] = session.inputNames;
  const { version } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
  return {
    about: `YuNet-n, ONNX Runtime ${version}`,
    run: async (frames) => {
      let faces = 0;
      for (const frame of frames) {
        const planes = toPlanes(frame);
        const outputs = await session.run({ [input]: planes });
        const [, , , width = 0] = planes.dims;
        const numbers = (name: string): Float32Array =>
          (outputs[name]?.data ?? new Float32Array()) as Float32Array;
        faces += facesIn(numbers, width).length;
      }
      return faces;
    },
  };
}

/** What OpenCV's `blobFromImage` makes: planes of blue, green and red, 0..255. */
function toPlanes({ width, height, data }: RgbImage): Tensor {
  if (Math.max(width, height) !== longSide) throw new RangeError(`frames must be ${longSide} pixels long`);
  const { inputWidth, inputHeight } = inputLayout({ width, height }, longSide, Math.max(...strides));
  const plane = inputWidth * inputHeight;
  const values = new Float32Array(3 * plane);
  for (let y = 0; y < height; y++) {
    let from = y * width * 3;
    for (let to = y * inputWidth; to < y * inputWidth + width; to++) {
      values[to + 2 * plane] = data[from++] ?? 0;
      values[to + plane] = data[from++] ?? 0;
      values[to] = data[from++] ?? 0;
    }
  }
  return new Tensor('float32', values, [1, 3, inputHeight, inputWidth]);
}

function facesIn(numbers: (name: string) => Float32Array, width: number): Detection[] {
  const found: Detection[] = [];
  for (const stride of strides) {
    const [classes, objects, boxes] = ['cls', 'obj', 'bbox'].map((name) => numbers(`${name}_${stride}`));
    const columns = width / stride;
    for (let cell = 0; cell < (classes?.length ?? 0); cell++) {
      const score = Math.sqrt((classes?.[cell] ?? 0) * (objects?.[cell] ?? 0));
      if (score < minScore) continue;
      const box = (index: number): number => boxes?.[cell * 4 + index] ?? 0;
      const [w, h] = [Math.exp(box(2)) * stride, Math.exp(box(3)) * stride];
      const x = ((cell % columns) + box(0)) * stride - w / 2;
      const y = (Math.floor(cell / columns) + box(1)) * stride - h / 2;
      found.push({ score, box: { x, y, width: w, height: h } });
    }
  }
  return nonMaxSuppression(found, maxOverlap);
}
