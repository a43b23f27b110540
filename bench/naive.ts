import type { Benchmark } from './benchmark.js';
import type { NaiveRound } from './naive/naive-main.js';
import { percentileOf, rounded, spreadOf } from './measure/spread.js';
import { HelperProcess } from './product/helper-process.js';
import { atLeast } from './report/target.js';

const rounds = 6;

/** The product's models against the obvious way of doing it. */
export const naive: Benchmark = {
  name: 'naive',
  title:
    "face-api's SSD run layer by layer and the small CNN face by face, against the product's models, on the same frames.",
  async run({ quick, progress }) {
    const wanted = quick ? 2 : rounds;
    const helper = new HelperProcess('../naive/naive-main.ts', [String(wanted)]);
    const done: NaiveRound[] = [];
    try {
      while (done.length < wanted) {
        done.push(await helper.next<NaiveRound>());
        progress(`round ${done.length} of ${wanted}`);
      }
    } finally {
      await helper.close();
    }
    const ratio = spreadOf(done.map(({ naive: a, ours }) => a.msPerFrame / ours.msPerFrame));
    const variants = [
      ['face-api SSD and CNN, eager', (round: NaiveRound) => round.naive],
      ['the product, frame by frame', (round: NaiveRound) => round.single],
      ['the product, 8 frames at once', (round: NaiveRound) => round.ours],
    ] as const;
    return {
      figures: { ratio, rounds: done },
      table: {
        head: ['pipeline', 'ms a frame (median)', 'spread', 'frames/s', 'faces a frame'],
        rows: variants.map(([name, of]) => {
          const ms = spreadOf(done.map((round) => of(round).msPerFrame));
          const faces = percentileOf(
            done.map((round) => of(round).facesPerFrame),
            0.5,
          );
          return [
            name,
            String(ms.median),
            `${ms.min}..${ms.max}`,
            String(rounded(1000 / ms.median)),
            String(rounded(faces)),
          ];
        }),
      },
      notes: [
        'Frames of 640x360 with three faces, in memory as rgb24; one process, one TensorFlow thread; the pipelines take turns.',
        `The product with batches is ${ratio.median} times as fast, ${ratio.min} to ${ratio.max} over the rounds.`,
      ],
      targets: [atLeast('times-naive-one-core', 20, ratio.median, 'times')],
    };
  },
};
