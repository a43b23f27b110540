import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { loadEngine } from '../../engine/load-engine.js';
import { createProgress, type Progress, type ProgressSink } from '../train/progress.js';
import { buildDetectorH } from './detector-h.js';
import { readFaceCrops } from './face-crops.js';
import { loadYunet } from './load-yunet.js';
import { publishDetector } from './publish-detector.js';
import { readTrainingScenes } from './scene-list.js';
import { startWeights } from './start-weights.js';
import { trainDetector } from './train-detector.js';
import { writeDetectorCard } from './write-detector-card.js';

/** What to train a detector from, and for how long. */
export interface DetectorTraining {
  /** Folder with `<set>/labels.json` and `<set>/images/`. */
  readonly scenes: string;
  /** Table of near-duplicate scenes. */
  readonly clusters: string;
  /** Folder with face crops in `mask/` and `no_mask/`. */
  readonly faces: string;
  /** Weights of the teacher (YuNet-n), safetensors or ONNX. */
  readonly teacher: string;
  /** Weights of a second teacher of the same kind, heard about bare faces only. */
  readonly bareTeacher?: string;
  /** What to start from: safetensors of a detector H, or a weights folder; random weights where absent. */
  readonly initial?: string;
  readonly steps: number;
  readonly rate: number;
  readonly batch: number;
  readonly seed: number;
  /** Share of pictures that are mosaics of face crops, and of the others that have crops planted into them, 0..1. */
  readonly mosaics: number;
  readonly planted: number;
  /** Share of pictures that are put together from parts of four scenes, 0..1. */
  readonly quarters: number;
  /** Share of pictures that are turned, 0..1. */
  readonly turned: number;
  /** Least score the teachers are taken to give a bare face, labelled or planted, 0..1. */
  readonly bareScore: number;
  readonly checkpoint: string;
  /** Weights folder to write. */
  readonly weights: string;
  readonly name: string;
  /** As it was typed, for the manifest. */
  readonly command: string;
  readonly signal: AbortSignal;
  readonly sink: ProgressSink;
}

/**
 * Trains a face detector and writes its weights and its card. Resumes from the checkpoint; when it is stopped, the weights so far are
 * written too.
 *
 * @returns false when it was stopped before its end
 */
export async function runDetectorTraining(options: DetectorTraining): Promise<boolean> {
  const { steps, signal } = options;
  // Before the first step, not at the first checkpoint: a place that cannot be written to costs nothing then.
  await mkdir(dirname(options.checkpoint), { recursive: true });
  const engine = await loadEngine({ threads: 1 });
  const model = buildDetectorH(engine.tf);
  if (options.initial !== undefined) {
    await startWeights(engine, model, options.initial);
  }
  const first = await loadYunet(engine, options.teacher);
  const bare = options.bareTeacher === undefined ? undefined : await loadYunet(engine, options.bareTeacher);
  const scenes = await readTrainingScenes(options.scenes, options.clusters);
  const crops = await readFaceCrops(options.faces);
  options.sink.write(
    `${scenes.length} scenes, ${crops.bareFaces.length} bare and ${crops.maskedFaces.length} masked face crops\n`,
  );
  let progress: Progress | undefined;
  const leastBare = options.bareScore;
  const teachers = bare === undefined ? { first, leastBare } : { first, bare, leastBare };
  const done = await trainDetector(engine, model, teachers, {
    sources: {
      scenes,
      ...crops,
      mosaicShare: options.mosaics,
      plantShare: options.planted,
      quarterShare: options.quarters,
      turnShare: options.turned,
      seed: options.seed,
    },
    steps,
    rate: options.rate,
    batch: options.batch,
    checkpoint: options.checkpoint,
    checkpointEvery: 250,
    signal,
    onStep: (step, loss) => {
      progress ??= createProgress(options.sink, steps, step - 1, () => performance.now());
      progress.update(step, `loss ${loss.toFixed(3)}`);
    },
  });
  first.close();
  bare?.close();
  await publishDetector(options.weights, model, {
    name: options.name,
    minScore: 0.5,
    data: [
      `${scenes.length} labelled scenes (ILC-2021, VOC853), without every 10th and every 8th and their near-duplicates`,
      `${crops.bareFaces.length + crops.maskedFaces.length} face crops, in mosaics and planted into scenes`,
      'dense answers of YuNet-n fine-tuned on the same scenes, as teacher',
      ...(bare === undefined
        ? []
        : ['dense answers of YuNet-n as published, as second teacher on bare faces']),
      options.initial === undefined
        ? 'started from random weights'
        : 'started from weights of the same architecture that were trained on the same data',
    ],
    created: { command: options.command, at: new Date().toISOString() },
  });
  model.dispose();
  const measurement = {
    folder: options.weights,
    scenes: options.scenes,
    peer: options.bareTeacher,
    say: (line: string) => void options.sink.write(`${line}\n`),
  };
  const card = await writeDetectorCard(engine, measurement, options.command);
  options.sink.write(`${card}\n`);
  return done === steps;
}
