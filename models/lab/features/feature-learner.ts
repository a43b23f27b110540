import type { LayersModel, Tensor2D } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import type { PatchStore } from '../data/patch-store.js';
import { createRandom, mixSeed } from '../random.js';
import { drawFace } from '../train/batch-plan.js';
import type { Pool } from '../train/batch-plan.js';
import type { Learner } from '../train/lesson.js';
import { rowsOf, servedCrops } from '../train/predict.js';
import type { PredictOptions } from '../train/predict.js';
import { everyProbability } from '../train/single-output.js';
import { opinions } from '../train/teacher.js';
import type { Teacher } from '../train/teacher.js';
import { copyWeights } from './cut-model.js';
import type { CutModel } from './cut-model.js';
import type { FeatureFile } from './feature-file.js';
import type { FeatureNetwork } from './feature-network.js';
import { apart, sizeOf } from './row-blocks.js';

/** What a learner on features works with. It takes over the upper part, the network and the file. */
export interface FeatureParts {
  readonly whole: LayersModel;
  readonly cut: CutModel;
  readonly network: FeatureNetwork;
  /** Rows of features, with the teacher's behind them; `views` for each of `patches`, in order. */
  readonly file: FeatureFile;
  readonly patches: readonly number[];
  readonly views: number;
  readonly teacher: Teacher | null;
}

/** How lessons are drawn. */
export interface FeatureDraw {
  readonly seed: number;
  readonly batch: number;
  readonly pools: readonly Pool[];
}

/** Trains the part of a network above its frozen layers on what these gave for a few views of each face. */
export function createFeatureLearner(
  tf: Tf,
  store: PatchStore,
  parts: FeatureParts,
  { seed, batch, pools }: FeatureDraw,
  crop: PredictOptions,
): Learner {
  const { whole, cut, network, file, patches, views, teacher } = parts;
  const { upper, shape } = cut;
  const width = sizeOf(shape);
  const firstRow = new Map(patches.map((patch, i) => [patch, i * views]));
  const seen = new Map<number, Float32Array>();
  const served = (wanted: readonly number[]): void => {
    const missing = wanted.filter((patch) => !seen.has(patch));
    let at = 0;
    for (const pixels of servedCrops(store, missing, crop)) {
      for (const row of rowsOf(network.run(pixels), width)) seen.set(missing[at++] ?? -1, row);
    }
  };
  let closed = false;
  return {
    model: upper,
    lesson: (step) => {
      const random = createRandom(mixSeed(seed, step));
      const rows = new Float32Array(batch * file.width);
      const outputs = new Int32Array(batch);
      for (let i = 0; i < batch; i++) {
        const { output, patch } = drawFace(pools, random);
        outputs[i] = output;
        file.read((firstRow.get(patch) ?? -1) + random.below(views), rows, i * file.width);
      }
      const [features, said] = apart({ values: rows, width: file.width }, width);
      return Promise.resolve({
        input: () => tf.tensor(features, [batch, ...shape]),
        outputs,
        teacher: teacher && opinions(teacher, said, outputs),
      });
    },
    predict: async (wanted) => {
      served(wanted);
      const rows: Float32Array[] = [];
      for (let start = 0; start < wanted.length; start += chunk) {
        const part = wanted.slice(start, start + chunk);
        const features = new Float32Array(part.length * width);
        part.forEach((patch, i) => features.set(seen.get(patch) ?? [], i * width));
        const output = tf.tidy(() => {
          const input = tf.tensor(features, [part.length, ...shape]);
          return everyProbability(upper.apply(input, { training: false }) as Tensor2D);
        });
        rows.push(...rowsOf((await output.data()) as Float32Array, output.shape[1]));
        output.dispose();
      }
      return rows;
    },
    finish: () => copyWeights(upper, whole),
    close: () => {
      if (!closed) upper.dispose();
      closed = true;
      network.close();
      file.close();
      return Promise.resolve();
    },
  };
}

const chunk = 64;
