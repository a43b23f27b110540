import type { Benchmark } from './benchmark.js';
import type { PartTimes } from './limit/limit-main.js';
import { percentileOf, rounded, spreadOf } from './measure/spread.js';
import { HelperProcess } from './product/helper-process.js';

const rate = ({ operations, ms }: PartTimes): number => operations / percentileOf(ms, 0.5) / 1e6;

async function timesIn(arithmetic: 'bfloat16' | 'float32', rounds: number): Promise<PartTimes[]> {
  const helper = new HelperProcess('../limit/limit-main.ts', [String(rounds), arithmetic], 0);
  try {
    return await helper.next<PartTimes[]>();
  } finally {
    await helper.close();
  }
}

/** How near the two networks come to what the processor can do. */
export const limit: Benchmark = {
  name: 'limit',
  title: "Where the models' time goes on one core, and what share of the core's peak the two networks reach.",
  limitSeconds: 120,
  async run({ quick }) {
    const rows = [];
    for (const arithmetic of ['bfloat16', 'float32'] as const) {
      const parts = await timesIn(arithmetic, quick ? 2 : 8);
      const [peak] = parts;
      for (const part of parts) {
        rows.push({
          arithmetic,
          ...part,
          msSpread: spreadOf(part.ms),
          gflops: rounded(rate(part)),
          share: rounded(peak === undefined ? 0 : rate(part) / rate(peak), 3),
        });
      }
    }
    return {
      figures: { parts: rows },
      table: {
        head: [
          'arithmetic',
          'part',
          'at once',
          'ms for one',
          'spread',
          'MFLOP for one',
          'GFLOP/s',
          'share of peak',
        ],
        rows: rows.map(({ arithmetic, name, batch, ms, operations, gflops, share }) => [
          arithmetic,
          name,
          String(batch),
          String(rounded(percentileOf(ms, 0.5), 2)),
          `${rounded(Math.min(...ms), 2)}..${rounded(Math.max(...ms), 2)}`,
          String(rounded(operations / 1e6)),
          String(gflops),
          `${Math.round(share * 100)} %`,
        ]),
      },
      notes: [
        'One TensorFlow thread on one core; the parts take turns, and the peak is that of the matrix product in the same rounds.',
        'bfloat16: what the server uses, where the processor has a unit for it (AMX), float32 otherwise; sums are float32. The two were measured one after the other, each beside a peak of its own: the unit is so fast that the networks, whose maps leave the cache, are far below it.',
        'FLOP: multiplications and additions of convolutions and dense layers, counted from the layers and their sizes; everything else (activations, sums, casts, resizing, suppression) takes time and counts nothing.',
        "network: from bytes to the network's numbers; the rows below each are the whole way, as the product goes it.",
      ],
      targets: [],
    };
  },
};
