import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import { architectureNamed } from '../architectures/registry.js';
import { thawLayers } from '../architectures/freeze.js';
import type { Freeze } from '../architectures/freeze.js';
import { startModel } from '../architectures/start-model.js';
import type { Augmentation } from '../augment/settings.js';
import { PatchStore } from '../data/patch-store.js';
import type { SplitPart } from '../data/split.js';
import type { BatchPlan } from './batch-plan.js';
import { createThreadedBatches } from './batch-source.js';
import type { BatchSource } from './batch-source.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import { curvesSvg } from './curves.js';
import { judge } from './judge.js';
import { makePools } from './pools.js';
import type { Sampling } from './pools.js';
import { predictPatches } from './predict.js';
import { createProgress } from './progress.js';
import type { ProgressSink } from './progress.js';
import { eventFile, eventFileName } from './tensorboard.js';
import { testResult } from './test-result.js';
import type { Predicted, TestResult } from './test-result.js';
import { train } from './trainer.js';
import type { TrainOptions, TrainResult } from './trainer.js';

/** A training run from a prepared patch store to weights. */
export interface RunRequest {
  readonly architecture: string;
  readonly size: number;
  readonly outputs: number;
  readonly batch: number;
  readonly store: string;
  readonly parts: ReadonlyMap<string, SplitPart>;
  readonly sampling: Sampling;
  readonly augmentation: Augmentation;
  readonly training: Omit<TrainOptions, 'size' | 'outputs' | 'normalisation'>;
  /** Folder of the checkpoint, the history and the curves. */
  readonly out: string;
  /** Dense layers in the head; as many as the architecture has of itself where absent. */
  readonly headLayers?: number | undefined;
  /** What is not trained; nothing where absent. */
  readonly freeze?: Freeze | undefined;
  /** Safetensors with PyTorch's names to begin with. */
  readonly pretrained?: string | undefined;
  /** Weights folder of a finished network of the same build to go on from; it is judged on the test part too. */
  readonly initial?: string | undefined;
  /** Added to each output's logit once training is done: classes are drawn more evenly than they occur. */
  readonly outputBias: readonly number[];
  readonly resume: boolean;
  readonly progress: ProgressSink;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** What came of it. The caller disposes the model. */
export interface RunOutcome extends TrainResult {
  readonly model: LayersModel;
  /** How the test part was predicted, by which nothing was chosen. Null for an interrupted run. */
  readonly test: TestResult | null;
  /** How the network that it began from did on the same faces; null where it began from none. */
  readonly before: TestResult | null;
}

/** Trains, telling progress and keeping checkpoints, then judges the test part. @throws Error for a foreign checkpoint */
export async function runTraining(tf: Tf, request: RunRequest): Promise<RunOutcome> {
  const from = await resumePoint(request);
  await mkdir(request.out, { recursive: true });
  const store = PatchStore.open(request.store);
  try {
    const { resume, pretrained, training } = request;
    const weights = resume ? undefined : pretrained;
    const model = await startModel(tf, { ...request, pretrained: weights, seed: training.seed });
    const batches = createThreadedBatches(batchPlan(store, request));
    try {
      return await trainOn(tf, model, store, batches, request, from);
    } catch (error) {
      model.dispose();
      throw error;
    } finally {
      await batches.close();
    }
  } finally {
    store.close();
  }
}

async function trainOn(
  tf: Tf,
  model: LayersModel,
  store: PatchStore,
  batches: BatchSource,
  request: RunRequest,
  from: Checkpoint | null,
): Promise<RunOutcome> {
  const { out, outputs, size, augmentation, training } = request;
  const { normalisation } = architectureNamed(request.architecture);
  const predictPart = async (part: SplitPart): Promise<Predicted> => {
    const chosen = inPart(store, request, part);
    const entries = chosen.flatMap((at) => store.entries[at] ?? []);
    const crop = { size, margin: augmentation.margin, normalisation };
    return { entries, rows: await predictPatches(tf, model, store, chosen, crop) };
  };
  const steps = training.epochs * training.stepsPerEpoch;
  const progress = createProgress(request.progress, steps, from?.optimizer.steps ?? 0, request.now);
  // Trained on or not, the model now holds the weights it was started with: a checkpoint is put in later.
  const before = request.initial === undefined ? null : testResult(await predictPart('test'), outputs);
  let epochBegan = request.now();
  const result = await train(
    tf,
    model,
    batches,
    { ...training, size, outputs, normalisation },
    {
      validate: async () => {
        const seconds = (request.now() - epochBegan) / 1000;
        const { entries, rows } = await predictPart('validation');
        const judged = judge(entries, rows, outputs);
        epochBegan = request.now();
        return {
          validationLoss: judged.loss,
          validationAccuracy: judged.accuracy ?? 0,
          validationMacroRecall: judged.macroRecall ?? 0,
          seconds,
        };
      },
      onStep: (step, _total, loss, epoch) => progress.update(step, `epoch ${epoch} loss ${loss.toFixed(3)}`),
      onEpoch: (e) =>
        progress.say(
          `epoch ${e.epoch}/${training.epochs}: loss ${e.loss.toFixed(3)}, accuracy ${e.accuracy.toFixed(3)}; validation loss ` +
            `${e.validationLoss.toFixed(3)}, accuracy ${e.validationAccuracy.toFixed(3)}, macro recall ${e.validationMacroRecall.toFixed(3)}`,
        ),
      save: async (checkpoint) => {
        await writeCheckpoint(join(out, 'checkpoint.bin'), checkpoint);
        await writeFile(join(out, eventFileName), eventFile(checkpoint.history, Date.now() / 1000));
      },
    },
    fingerprint(request),
    from,
    request.signal,
  );
  await writeFile(join(out, 'history.json'), `${JSON.stringify(result.history, null, 1)}\n`);
  await writeFile(join(out, 'curves.svg'), curvesSvg(request.architecture, result.history));
  if (result.ended === 'interrupted') return { ...result, model, test: null, before };
  thawLayers(model);
  addBias(tf, model, request.outputBias);
  return { ...result, model, test: testResult(await predictPart('test'), outputs), before };
}

async function resumePoint(request: RunRequest): Promise<Checkpoint | null> {
  const path = join(request.out, 'checkpoint.bin');
  const from = request.resume ? await readCheckpoint(path) : null;
  if (from && from.settings !== fingerprint(request)) {
    throw new Error(
      `${path} belongs to a run with other settings: train without --resume, or as it was begun`,
    );
  }
  return from;
}

/** Numbers of the stored faces that are in a part. */
function inPart(store: PatchStore, { parts }: RunRequest, part: SplitPart): number[] {
  return store.entries.flatMap(({ file }, at) => (parts.get(file) === part ? [at] : []));
}

function batchPlan(store: PatchStore, request: RunRequest): BatchPlan {
  const { batch, size, augmentation, outputs, sampling, training } = request;
  const pools = makePools(store.entries, inPart(store, request, 'train'), outputs, sampling);
  return { store: request.store, seed: training.seed, batch, size, augmentation, pools };
}

function addBias(tf: Tf, model: LayersModel, added: readonly number[]): void {
  const layer = model.getLayer('logits');
  tf.tidy(() => {
    const weights = layer.getWeights();
    const bias = weights.at(-1);
    if (!bias || added.length === 0) return;
    // One sigmoid is a softmax over its number and zero.
    const shift = bias.size === 1 ? [(added[0] ?? 0) - (added[1] ?? 0)] : [...added];
    layer.setWeights([...weights.slice(0, -1), bias.add(tf.tensor1d(shift))]);
  });
}

/** Tells runs apart: all settings that decide the weights. */
function fingerprint(request: RunRequest): string {
  const { architecture, size, outputs, headLayers, freeze, batch, store, parts } = request;
  const { sampling, augmentation, training, initial } = request;
  const all = [
    architecture,
    size,
    outputs,
    headLayers,
    freeze,
    batch,
    store,
    [...parts].sort(),
    sampling,
    augmentation,
    training,
    ...(initial === undefined ? [] : [initial]),
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
}
