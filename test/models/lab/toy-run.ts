import { join } from 'node:path';
import { defaultAugmentation } from '../../../models/lab/augment/settings.js';
import { loadDataSet } from '../../../models/lab/data/load-data-set.js';
import type { DataSet } from '../../../models/lab/data/load-data-set.js';
import type { RunRequest } from '../../../models/lab/train/run-request.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';
import { writeToyFaces } from './toy-faces.js';

/** Drawn heads, cached and split, in folders that the tests' end removes. */
export interface ToyData extends DataSet {
  /** For whatever a test writes. */
  readonly folder: string;
}

/** Draws heads and loads them. @param each how many of each label */
export async function toyData(each = 20): Promise<ToyData> {
  const folder = temporaryFolder();
  const data = await loadDataSet({
    data: await writeToyFaces(each),
    scenes: [],
    cache: join(folder, 'cache'),
    reserve: [],
    without: [],
    rejects: false,
    split: join(folder, 'split.json'),
    fractions: { train: 0.6, validation: 0.2, test: 0.2 },
    seed: 1,
    say: () => undefined,
  });
  return { ...data, folder };
}

/** A short run of a small network on drawn heads: two epochs of six steps. @param out name of its folder */
export function toyRun(
  { folder, store, parts }: ToyData,
  out: string,
  {
    training,
    ...changes
  }: Partial<Omit<RunRequest, 'training'>> & {
    readonly training?: Partial<RunRequest['training']>;
  } = {},
): RunRequest {
  return {
    architecture: 'cnn-2conv',
    size: 24,
    outputs: 3,
    batch: 8,
    store,
    parts,
    sampling: { shares: [1, 1, 1], sourceWeights: {}, undetectedWeight: 1 },
    augmentation: { ...defaultAugmentation, occlusion: 0, shrink: 0 },
    training: {
      seed: 4,
      epochs: 2,
      stepsPerEpoch: 6,
      schedule: { kind: 'cosine', peak: 3e-3, warmUp: 0.1 },
      optimizer: { kind: 'adam', decay: 0, averaging: 0.9, clip: 5 },
      headRate: 1,
      labelSmoothing: 0.05,
      classWeights: [1, 1, 1],
      patience: 0,
      ...training,
    },
    out: join(folder, out),
    outputBias: [],
    resume: false,
    progress: { write: () => true },
    now: () => 0,
    signal: new AbortController().signal,
    ...changes,
  };
}
