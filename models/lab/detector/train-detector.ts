import type { LayersModel, Tensor, Tensor3D, Variable } from '@tensorflow/tfjs';
import type { Engine, Tf } from '../../engine/engine.js';
import { readCheckpoint, writeCheckpoint } from '../train/checkpoint.js';
import { useCheapGradients } from '../train/cheap-gradients.js';
import { FlatOptimizer } from '../train/flat-optimizer.js';
import { rateAt } from '../train/schedule.js';
import { trainedVariables } from '../train/trained-variables.js';
import { type BatchTargets, batchTargets, type Teachers } from './batch-targets.js';
import { detectorLoss } from './detector-loss.js';
import type { SampleSources } from './make-sample.js';
import { type DetectorBatch, SampleSource } from './sample-source.js';

/** A run of training. */
export interface DetectorRun {
  readonly sources: SampleSources;
  readonly steps: number;
  /** Highest learning rate; 5 % linear warm-up, then cosine to 0. */
  readonly rate: number;
  /** Pictures of 320 x 320 a step; every sixth step takes half as many of 448 x 448, for large faces. */
  readonly batch: number;
  /** File to go on from and to write to. */
  readonly checkpoint: string;
  /** Steps between two checkpoints. */
  readonly checkpointEvery: number;
  readonly signal: AbortSignal;
  /** Called after each step. */
  readonly onStep: (step: number, meanLoss: number) => void;
}

/**
 * Trains a detector on scenes with labels and on its teachers' answers for the same pictures. Adam with averaged weights,
 * which the model holds at the end. Resumes from its checkpoint; stops at the next step when the signal says so.
 *
 * @returns steps done in all
 */
export async function trainDetector(
  engine: Engine,
  model: LayersModel,
  teachers: Teachers,
  run: DetectorRun,
): Promise<number> {
  const { tf } = engine;
  useCheapGradients(tf);
  const variables = trainedVariables(tf, model);
  const optimizer = new FlatOptimizer(tf, variables, {
    kind: 'adam',
    decay: 0.01,
    averaging: 0.998,
    clip: 10,
    rateScales: [],
  });
  // Without the number of steps: a run that turns out too slow may be resumed with fewer, and the rate follows.
  const settings = JSON.stringify({
    rate: run.rate,
    batch: run.batch,
    seed: run.sources.seed,
    mosaics: run.sources.mosaicShare,
    planted: run.sources.plantShare,
    quarters: run.sources.quarterShare,
    turned: run.sources.turnShare,
    leastBare: teachers.leastBare,
  });
  const earlier = await readCheckpoint(run.checkpoint);
  if (earlier !== null && earlier.settings !== settings) {
    throw new Error(`${run.checkpoint} belongs to a run with other settings: ${earlier.settings}`);
  }
  if (earlier !== null) optimizer.restore(earlier.optimizer);
  let done = earlier?.optimizer.steps ?? 0;
  const source = new SampleSource(run.sources, done, (step) =>
    step % 6 === 5 ? { count: run.batch >> 1, size: 448 } : { count: run.batch, size: 320 },
  );
  const save = () =>
    writeCheckpoint(run.checkpoint, {
      settings,
      history: [],
      lossSum: 0,
      correct: 0,
      fixed: new Float32Array(),
      optimizer: optimizer.state(),
    });
  let meanLoss = 0;
  try {
    for (; done < run.steps && !run.signal.aborted; done++) {
      const batch = await source.take(done);
      const rate = rateAt({ kind: 'cosine', peak: run.rate, warmUp: 0.05 }, done / run.steps);
      const targets = await batchTargets(teachers, batch);
      const loss = trainStep(tf, model, variables, optimizer, batch, targets, rate);
      meanLoss = meanLoss === 0 ? loss : 0.98 * meanLoss + 0.02 * loss;
      run.onStep(done + 1, meanLoss);
      if ((done + 1) % run.checkpointEvery === 0) await save();
    }
    await save();
    optimizer.finish();
  } finally {
    optimizer.close();
    await source.close();
  }
  return done;
}

function trainStep(
  tf: Tf,
  model: LayersModel,
  variables: readonly Variable[],
  optimizer: FlatOptimizer,
  batch: DetectorBatch,
  targets: BatchTargets,
  rate: number,
): number {
  const { count, size } = batch;
  const cells = targets.scores.length / count;
  return tf.tidy(() => {
    const pixels = tf.tensor(Float32Array.from(batch.pixels), [count, size, size, 3]);
    const input = pixels.sub(118).div(64);
    const tensors = {
      scores: tf.tensor2d(targets.scores, [count, cells]),
      positives: tf.tensor2d(targets.positives, [count, cells]),
      boxes: tf.tensor3d(targets.boxes, [count, cells, 4]),
    };
    const { value, grads } = tf.variableGrads(() => {
      const maps = model.apply(input, { training: true }) as Tensor[];
      const answers = tf.concat(
        maps.map((map) => map.reshape<Tensor3D>([count, -1, 5])),
        1,
      );
      return detectorLoss(tf, answers, tensors);
    }, [...variables]);
    optimizer.step(grads, rate);
    return value.dataSync<'float32'>()[0] ?? Number.NaN;
  });
}
