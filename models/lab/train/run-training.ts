import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs';
import type { Engine, Tf } from '../../engine/engine.js';
import { architectureNamed } from '../architectures/registry.js';
import { thawLayers } from '../architectures/freeze.js';
import { startModel } from '../architectures/start-model.js';
import { PatchStore } from '../data/patch-store.js';
import type { SplitPart } from '../data/split.js';
import { createLearner } from '../features/create-learner.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
import type { Checkpoint } from './checkpoint.js';
import { curvesSvg } from './curves.js';
import { judge } from './judge.js';
import type { Learner } from './lesson.js';
import { makePools } from './pools.js';
import { predictPatches } from './predict.js';
import type { PredictOptions } from './predict.js';
import { createProgress } from './progress.js';
import type { Progress } from './progress.js';
import { openTeacher } from './teacher.js';
import type { Teacher } from './teacher.js';
import { fingerprint } from './run-request.js';
import type { RunRequest } from './run-request.js';
import { eventFile, eventFileName } from './tensorboard.js';
import { testResult } from './test-result.js';
import type { Predicted, TestResult } from './test-result.js';
import { train } from './trainer.js';
import { fitUnknownRule } from './unknown-rule.js';
import type { UnknownRule } from './unknown-rule.js';
import type { TrainResult } from './trainer.js';

/** What came of it. The caller disposes the model. */
export interface RunOutcome extends TrainResult {
  readonly model: LayersModel;
  /** How the test part was predicted, by which nothing was chosen. Null for an interrupted run. */
  readonly test: TestResult | null;
  /** How the network that it began from did on the same faces; null where it began from none. */
  readonly before: TestResult | null;
  /** When to say `unknown`, fitted on the validation part. Null for an interrupted run. */
  readonly unknownRule: UnknownRule | null;
}

/** Trains, telling progress and keeping checkpoints, then judges the test part. @throws Error for a foreign checkpoint */
export async function runTraining(engine: Engine, request: RunRequest): Promise<RunOutcome> {
  const { tf } = engine;
  const from = await resumePoint(request);
  await mkdir(request.out, { recursive: true });
  const store = PatchStore.open(request.store);
  let teacher: Teacher | null = null;
  try {
    const { resume, pretrained, training } = request;
    if (request.teacher) teacher = await openTeacher(engine, request.teacher, request.outputs);
    // What is frozen is in no checkpoint, so the file is needed again.
    const weights = resume && request.freeze === undefined ? undefined : pretrained;
    const model = await startModel(tf, { ...request, pretrained: weights, seed: training.seed });
    try {
      return await trainOn(engine, model, store, teacher, request, from);
    } catch (error) {
      model.dispose();
      throw error;
    }
  } finally {
    teacher?.close();
    store.close();
  }
}

async function trainOn(
  engine: Engine,
  model: LayersModel,
  store: PatchStore,
  teacher: Teacher | null,
  request: RunRequest,
  from: Checkpoint | null,
): Promise<RunOutcome> {
  const { tf } = engine;
  const { outputs } = request;
  const testPart = async (): Promise<TestResult> =>
    testResult(
      await predictPart(store, request, 'test', (chosen) =>
        predictPatches(tf, model, store, chosen, cropOf(request)),
      ),
      outputs,
    );
  // Trained on or not, the model now holds the weights it was started with: a checkpoint is put in later.
  const before = request.initial === undefined ? null : await testPart();
  const learner = await learnerOf(engine, model, store, teacher, request).catch((error: unknown) => {
    if (error !== request.signal.reason) throw error;
    return null;
  });
  if (!learner)
    return {
      history: from?.history ?? [],
      ended: 'interrupted',
      model,
      test: null,
      before,
      unknownRule: null,
    };
  let result: TrainResult;
  try {
    result = await learn(tf, learner, store, request, from);
    learner.finish();
  } finally {
    await learner.close();
  }
  if (result.ended === 'interrupted') return { ...result, model, test: null, before, unknownRule: null };
  thawLayers(model);
  addBias(tf, model, request.outputBias);
  const predict = (chosen: readonly number[]) => predictPatches(tf, model, store, chosen, cropOf(request));
  const unknownRule = fitUnknownRule(await predictPart(store, request, 'validation', predict), outputs);
  return { ...result, model, test: await testPart(), before, unknownRule };
}

async function learn(
  tf: Tf,
  learner: Learner,
  store: PatchStore,
  request: RunRequest,
  from: Checkpoint | null,
): Promise<TrainResult> {
  const { out, outputs, training, teacher } = request;
  const steps = training.epochs * training.stepsPerEpoch;
  const progress = createProgress(request.progress, steps, from?.optimizer.steps ?? 0, request.now);
  let epochBegan = request.now();
  const result = await train(
    tf,
    learner,
    { ...training, distillation: teacher },
    {
      validate: async () => {
        const seconds = (request.now() - epochBegan) / 1000;
        const { entries, rows } = await predictPart(store, request, 'validation', (chosen) =>
          learner.predict(chosen),
        );
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
  return result;
}

function learnerOf(
  engine: Engine,
  model: LayersModel,
  store: PatchStore,
  teacher: Teacher | null,
  request: RunRequest,
): Promise<Learner> {
  const { batch, size, augmentation, outputs, sampling, training } = request;
  let progress: Progress | null = null;
  return createLearner(engine, {
    model,
    store,
    plan: { store: request.store, seed: training.seed, batch, size, augmentation },
    pools: makePools(store.entries, inPart(store, request, 'train'), outputs, sampling),
    outputs,
    crop: cropOf(request),
    teacher,
    views: request.featureViews ?? 0,
    signal: request.signal,
    say: (line) => void request.progress.write(`${line}\n`),
    onProgress: (done, total) => {
      progress ??= createProgress(request.progress, total, 0, request.now);
      progress.update(done, 'features');
    },
  });
}

/** How serving crops a face for the network under training. */
function cropOf({ architecture, size, augmentation }: RunRequest): PredictOptions {
  return { size, margin: augmentation.margin, normalisation: architectureNamed(architecture).normalisation };
}

async function predictPart(
  store: PatchStore,
  request: RunRequest,
  part: SplitPart,
  predict: (patches: readonly number[]) => Promise<Float32Array[]>,
): Promise<Predicted> {
  const chosen = inPart(store, request, part);
  return { entries: chosen.flatMap((at) => store.entries[at] ?? []), rows: await predict(chosen) };
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
