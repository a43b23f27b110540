import type { DetectorNetwork } from '../../detect/own/run-network.js';
import { createRandom } from '../random.js';
import type { TimeFigures } from './detector-figures.js';

/** Pictures that are timed; both sides are multiples of every stride, so the picture is the input. */
const sizes = [
  { width: 320, height: 320 },
  { width: 640, height: 640 },
] as const;

/** Turns of each network that are not counted: the first ones set up memory and oneDNN's primitives. */
const warmUp = 5;

/**
 * Times networks on the same picture, one after the other in turns, so that whatever else the machine does meets all alike.
 *
 * @param turns counted turns of each network
 * @param now clock in milliseconds
 * @returns for each network its median times by size
 */
export async function timeDetectors(
  networks: readonly DetectorNetwork[],
  turns: number,
  now: () => number,
): Promise<TimeFigures[][]> {
  const figures: TimeFigures[][] = networks.map(() => []);
  const random = createRandom(1);
  for (const { width, height } of sizes) {
    const data = Uint8Array.from({ length: width * height * 3 }, () => random.below(256));
    const layout = { width, height, inputWidth: width, inputHeight: height };
    const times: number[][] = networks.map(() => []);
    for (let turn = 0; turn < warmUp + turns; turn++) {
      for (const [at, network] of networks.entries()) {
        const began = now();
        await network.run([{ width, height, data }], layout);
        if (turn >= warmUp) times[at]?.push(now() - began);
      }
    }
    times.forEach((list, at) => figures[at]?.push({ width, height, milliseconds: median(list) }));
  }
  return figures;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
