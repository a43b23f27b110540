import type { Benchmark } from './benchmark.js';
import { atLeast } from './report/target.js';
import { arithmeticNote } from './subjects/subject.js';
import { type Contender, standingHead, standingRows, takeTurns, timesAsFast } from './subjects/take-turns.js';

const naiveOn = (threads: number, rounded = false) =>
  ({ kind: 'naive', threads, batch: 1, rounded }) as const;
const productWith = (batch: number) => ({ kind: 'product', threads: 1, batch }) as const;

const contenders = {
  naiveOne: { name: 'naive, one core', subject: naiveOn(1), cores: [0] },
  naiveRounded: { name: 'naive, one core, in bfloat16 too', subject: naiveOn(1, true), cores: [0] },
  productOne: { name: 'product, one core, 8 frames at once', subject: productWith(8), cores: [0] },
  singleOne: { name: 'product, one core, frame by frame', subject: productWith(1), cores: [0] },
  naiveTwo: { name: 'naive, two cores, one process', subject: naiveOn(2) },
  naivePair: { name: 'naive, two cores, two processes', subject: naiveOn(1), cores: [0, 1] },
  productTwo: { name: 'product, two cores, 8 frames at once', subject: productWith(8), cores: [0, 1] },
} as const satisfies Record<string, Contender>;

/** The product's models against the obvious way of doing it. */
export const naive: Benchmark = {
  name: 'naive',
  title:
    "face-api's SSD run layer by layer and the small CNN face by face, against the product's models: frames a second with labels.",
  limitSeconds: 180,
  async run({ quick, progress }) {
    const standings = await takeTurns(Object.values(contenders), {
      rounds: quick ? 2 : 5,
      turnMs: quick ? 400 : 1200,
      progress,
    });
    const of = ({ name }: Contender) => standings.find((standing) => standing.name === name);
    const one = timesAsFast(of(contenders.productOne), of(contenders.naiveOne));
    const rounded = timesAsFast(of(contenders.productOne), of(contenders.naiveRounded));
    const two = timesAsFast(of(contenders.productTwo), of(contenders.naiveTwo));
    const pair = timesAsFast(of(contenders.productTwo), of(contenders.naivePair));
    return {
      figures: {
        timesOneCore: one,
        timesTwoCores: two,
        timesTwoProcesses: pair,
        timesOneCoreInBfloat16: rounded,
        standings,
      },
      table: { head: standingHead, rows: standingRows(standings) },
      notes: [
        'Frames of 640x360 with three faces, in memory as rgb24, all found and labelled; the pipelines take turns. Pinned with taskset where cores are named.',
        'The obvious way on two cores is one process in which TensorFlow has two threads; two such processes with one thread each are measured too.',
        `Times as fast as the naive one, least to greatest over the rounds: one core ${one.min} to ${one.max}, two cores ${two.min} to ${two.max}, against two processes ${pair.min} to ${pair.max}.`,
        `${arithmeticNote} The naive one is measured in float32, as it comes, which is what the targets compare, and on one core in bfloat16 too: the product is ${rounded.min} to ${rounded.max} times as fast as that.`,
        'Where the time of the product goes is told by `limit`.',
      ],
      targets: [
        atLeast('times-naive-one-core', 20, one.median, 'times'),
        atLeast('times-naive-two-cores', 20, two.median, 'times'),
      ],
    };
  },
};
