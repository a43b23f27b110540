import type { LayersModel, Tensor, Tensor3D, Variable } from '@tensorflow/tfjs';
import type { Engine, Tf } from '../../engine/engine.js';
import type { DenseMap } from '../../detect/dense-map.js';
import { readCheckpoint, writeCheckpoint } from '../train/checkpoint.js';
import { FlatOptimizer } from '../train/flat-optimizer.js';
import { rateAt } from '../train/schedule.js';
import { trainedVariables } from '../train/trained-variables.js';
import { assignTargets } from './assign-targets.js';
import { strides } from './detector-h.js';
import { detectorLoss } from './detector-loss.js';
import type { SampleSources } from './make-sample.js';
import { type DetectorBatch, SampleSource } from './sample-source.js';
import type { Teacher } from './teacher.js';

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
 * Trains a detector on scenes with labels and on a teacher's answers for the same pictures. Adam with averaged weights,
 * which the model holds at the end. Resumes from its checkpoint; stops at the next step when the signal says so.
 *
 * @returns steps done in all
 */
export async function trainDetector(
  engine: Engine,
  model: LayersModel,
  teacher: Teacher,
  run: DetectorRun,
): Promise<number> {
  const { tf } = engine;
  const variables = trainedVariables(tf, model);
  const optimizer = new FlatOptimizer(tf, variables, {
    kind: 'adam',
    decay: 0.01,
    averaging: 0.998,
    clip: 10,
    rateScales: [],
  });
  const settings = JSON.stringify({
    steps: run.steps,
    rate: run.rate,
    batch: run.batch,
    seed: run.sources.seed,
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
      const loss = trainStep(tf, model, variables, optimizer, teacher, batch, rate);
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
  teacher: Teacher,
  batch: DetectorBatch,
  rate: number,
): number {
  const targets = batchTargets(teacher, batch);
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

/** The targets of all pictures of a batch, one after the other. */
function batchTargets(teacher: Teacher, batch: DetectorBatch) {
  const { count, size } = batch;
  const answers = teacher.run(batch.pixels, count, size);
  const pictures = Array.from({ length: count }, (_, at) => {
    const maps = strides.map((stride, level): DenseMap => {
      const side = size / stride;
      const length = side * side * 5;
      const data = (answers[level] ?? new Float32Array()).subarray(at * length, (at + 1) * length);
      return { stride, rows: side, columns: side, data };
    });
    return assignTargets(maps, { labelled: batch.faces[at] ?? [], likely: batch.likely[at] ?? [] });
  });
  return {
    scores: join(pictures.map(({ scores }) => scores)),
    positives: join(pictures.map(({ positives }) => positives)),
    boxes: join(pictures.map(({ boxes }) => boxes)),
  };
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
