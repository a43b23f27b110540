import type { Benchmark } from './benchmark.js';
import { cameras } from './cameras.js';
import { decode } from './decode.js';
import { history } from './history.js';
import { growth } from './growth.js';
import { latency } from './latency.js';
import { limit } from './limit.js';
import { naive } from './naive.js';
import { neighbours } from './neighbours.js';
import { soak } from './soak.js';
import { start } from './start.js';
import { viewers } from './viewers.js';

/** All benchmarks, in the order of a full run. */
export const benchmarks: readonly Benchmark[] = [
  naive,
  neighbours,
  limit,
  cameras,
  latency,
  viewers,
  growth,
  start,
  soak,
  history,
  decode,
];
