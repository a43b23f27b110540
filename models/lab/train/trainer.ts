import type { LayersModel, Tensor2D, Variable } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { mixSeed } from '../random.js';
import type { Checkpoint, EpochResult } from './checkpoint.js';
import { FlatOptimizer } from './flat-optimizer.js';
import type { OptimizerOptions } from './flat-optimizer.js';
import type { Learner, Lesson } from './lesson.js';
import { lessonLoss } from './lesson-loss.js';
import type { LossOptions } from './lesson-loss.js';
import { rateAt } from './schedule.js';
import type { Schedule } from './schedule.js';
import { everyLogit } from './single-output.js';
import { trainedVariables } from './trained-variables.js';

/** What a run is made of. */
export interface TrainOptions extends LossOptions {
  readonly seed: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly schedule: Schedule;
  readonly optimizer: Omit<OptimizerOptions, 'rateScales'>;
  /** Factor on the rate of the last dense layers. */
  readonly headRate: number;
  /** Ends the run after this many epochs without a better macro recall; 0 for never. */
  readonly patience: number;
}

/** What the trainer tells and asks while it runs. */
export interface TrainHooks {
  /** Judges the weights after an epoch; called with the averaged weights in the model. */
  validate(): Promise<Omit<EpochResult, 'epoch' | 'loss' | 'accuracy'>>;
  onStep?(step: number, total: number, loss: number, epoch: number): void;
  onEpoch?(result: EpochResult, model: LayersModel): Promise<void> | void;
  /** Keeps a checkpoint; called after each epoch and when the run is stopped. */
  save(checkpoint: Checkpoint): Promise<void>;
}

/** How a run ended. */
export interface TrainResult {
  readonly history: readonly EpochResult[];
  readonly ended: 'finished' | 'early stop' | 'interrupted';
}

/**
 * Trains a learner's model in place; at the end it holds the averaged weights.
 *
 * @param fingerprint of the settings, kept in the checkpoint so that a run is resumed by its like only
 * @param from a checkpoint to go on from
 * @param signal stops after the step under way, with a checkpoint
 */
export async function train(
  tf: Tf,
  learner: Pick<Learner, 'model' | 'lesson'>,
  options: TrainOptions,
  hooks: TrainHooks,
  fingerprint: string,
  from: Checkpoint | null,
  signal: AbortSignal,
): Promise<TrainResult> {
  const { model } = learner;
  const trained = model.trainableWeights;
  const variables = trainedVariables(tf, model);
  const rateScales = trained.map((weight) => (/^(logits|head)/.test(weight.name) ? options.headRate : 1));
  const optimizer = new FlatOptimizer(tf, variables, { ...options.optimizer, rateScales });
  const logitsModel = tf.model({
    inputs: model.inputs,
    outputs: model.getLayer('logits').output,
  });
  const history: EpochResult[] = [...(from?.history ?? [])];
  let lossSum = from?.lossSum ?? 0;
  let correct = from?.correct ?? 0;
  let step = 0;
  if (from) {
    optimizer.restore(from.optimizer);
    writeFixed(tf, model, from.fixed);
    step = from.optimizer.steps;
  }
  const total = options.epochs * options.stepsPerEpoch;
  const checkpoint = (): Checkpoint => ({
    settings: fingerprint,
    history: [...history],
    lossSum,
    correct,
    optimizer: optimizer.state(),
    fixed: readFixed(model),
  });

  try {
    for (; step < total; step++) {
      // Asked here and not after the epoch, so that a run that had ended so ends at once when it is resumed.
      if (step % options.stepsPerEpoch === 0 && isStale(history, options.patience)) {
        optimizer.finish();
        return { history, ended: 'early stop' };
      }
      if (signal.aborted) {
        await hooks.save(checkpoint());
        return { history, ended: 'interrupted' };
      }
      const lesson = await learner.lesson(step);
      const { loss, right } = trainStep(tf, logitsModel, variables, optimizer, lesson, options, step, total);
      lossSum += loss;
      correct += right / lesson.outputs.length;
      hooks.onStep?.(step + 1, total, loss, history.length + 1);
      if ((step + 1) % options.stepsPerEpoch !== 0) continue;

      const judged = await optimizer.withAverage(async () => {
        const validation = await hooks.validate();
        const result: EpochResult = {
          epoch: history.length + 1,
          loss: lossSum / options.stepsPerEpoch,
          accuracy: correct / options.stepsPerEpoch,
          ...validation,
        };
        await hooks.onEpoch?.(result, model);
        return result;
      });
      history.push(judged);
      lossSum = correct = 0;
      await hooks.save(checkpoint());
    }
    optimizer.finish();
    return { history, ended: 'finished' };
  } finally {
    optimizer.close();
  }
}

function trainStep(
  tf: Tf,
  logitsModel: LayersModel,
  variables: Variable[],
  optimizer: FlatOptimizer,
  lesson: Lesson,
  options: TrainOptions,
  step: number,
  total: number,
): { loss: number; right: number } {
  seedDropouts(logitsModel, options.seed, step);
  return tf.tidy(() => {
    const input = lesson.input();
    const truth = tf.tensor1d(lesson.outputs, 'int32');
    let right = 0;
    const { value, grads } = tf.variableGrads(() => {
      const logits = everyLogit(tf, logitsModel.apply(input, { training: true }) as Tensor2D);
      right = logits.argMax(1).equal(truth).sum().dataSync()[0] ?? 0;
      return lessonLoss(tf, logits, truth, lesson.teacher, options);
    }, variables);
    optimizer.step(grads, rateAt(options.schedule, step / total));
    return { loss: value.dataSync()[0] ?? NaN, right };
  });
}

/** Gives each dropout layer a seed of its own for this step; without one tfjs draws from Math.random. */
function seedDropouts(model: LayersModel, seed: number, step: number): void {
  model.layers.forEach((layer, i) => {
    if (layer.getClassName() === 'Dropout') Object.assign(layer, { seed: mixSeed(seed, step, i) });
  });
}

function isStale(history: readonly EpochResult[], patience: number): boolean {
  if (patience === 0 || history.length <= patience) return false;
  const best = (part: readonly EpochResult[]): number =>
    Math.max(...part.map((e) => e.validationMacroRecall));
  return best(history.slice(-patience)) <= best(history.slice(0, -patience));
}

function readFixed(model: LayersModel): Float32Array {
  const values = model.nonTrainableWeights.map((weight) => weight.read().dataSync());
  const flat = new Float32Array(values.reduce((sum, v) => sum + v.length, 0));
  let offset = 0;
  for (const value of values) {
    flat.set(value, offset);
    offset += value.length;
  }
  return flat;
}

function writeFixed(tf: Tf, model: LayersModel, flat: Float32Array): void {
  let offset = 0;
  for (const weight of model.nonTrainableWeights) {
    const { shape, size } = weight.read();
    tf.tidy(() => {
      weight.write(tf.tensor(flat.subarray(offset, offset + size), shape));
    });
    offset += size;
  }
}
