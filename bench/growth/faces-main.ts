import { monotonicMs } from '../../streams/clock.js';
import type { Point } from '../measure/fit.js';
import { percentileOf } from '../measure/spread.js';
import { productSubject } from '../subjects/product.js';
import { crowdedFrames, mostFaces } from './crowded-frames.js';

const batch = 8;
const step = 3;

/** Times frames with more and more faces, in turns, and tells points of faces found and milliseconds a frame. */
async function main(rounds: number): Promise<void> {
  const product = await productSubject(1);
  const crowds: {
    readonly frames: Awaited<ReturnType<typeof crowdedFrames>>;
    readonly ms: number[];
    faces: number;
  }[] = [];
  for (let faces = 0; faces <= mostFaces; faces += step) {
    const frames = await crowdedFrames(faces, batch);
    crowds.push({ frames, ms: [], faces: (await product.run(frames)) / batch });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { frames, ms } of crowds) {
      const startMs = monotonicMs();
      await product.run(frames);
      ms.push((monotonicMs() - startMs) / batch);
    }
  }
  const points: Point[] = crowds.map(({ faces, ms }) => [faces, percentileOf(ms, 0.5)]);
  process.send?.(points);
}

await main(Number(process.argv[2]));
