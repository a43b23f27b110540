import { noAugmentation } from '../../../models/lab/augment/settings.js';
import { architectureNamed } from '../../../models/lab/architectures/registry.js';
import type { RunRequest } from '../../../models/lab/train/run-request.js';
import { weightsFolder } from '../weights-folder.js';
import type { TrainFlags } from './train-flags.js';

/** The run that the flags ask for. @param trainCounts faces of the training part, by label */
export function runRequest(
  flags: TrainFlags,
  out: string,
  store: string,
  parts: RunRequest['parts'],
  trainCounts: Readonly<Record<string, number>>,
  signal: AbortSignal,
): RunRequest {
  const architecture = architectureNamed(flags.arch);
  const faces = Object.values(trainCounts).reduce((sum, n) => sum + n, 0);
  return {
    architecture: flags.arch,
    size: flags.size ?? architecture.size,
    outputs: flags.classes,
    batch: flags.batch,
    store,
    parts,
    sampling: {
      shares: flags.shares ?? Array.from({ length: flags.classes }, () => 1 / flags.classes),
      sourceWeights: flags.sourceWeights,
      undetectedWeight: flags.undetectedWeight,
    },
    augmentation: flags.augmentation ? flags.augment : noAugmentation,
    training: {
      seed: flags.seed,
      epochs: flags.epochs,
      stepsPerEpoch: flags.steps ?? Math.max(1, Math.ceil(faces / flags.batch)),
      schedule: { kind: flags.schedule, peak: flags.rate, warmUp: flags.warmUp },
      optimizer: { kind: flags.optimizer, decay: flags.decay, averaging: flags.averaging, clip: 5 },
      headRate: flags.headRate,
      labelSmoothing: flags.smoothing,
      classWeights: flags.classWeights ?? Array.from({ length: flags.classes }, () => 1),
      patience: flags.patience,
    },
    out,
    headLayers: flags.headLayers,
    freeze: flags.freeze,
    featureViews: flags.freeze === undefined || flags.freeze.kind === 'none' ? 0 : flags.featureViews,
    pooling: flags.pooling,
    teacher: teacherOf(flags),
    pretrained: flags.pretrained,
    outputBias: flags.outputBias,
    resume: flags.resume,
    progress: process.stderr,
    now: () => performance.now(),
    signal,
  };
}

function teacherOf({ teacher, teacherShare, teacherTemperature }: TrainFlags): RunRequest['teacher'] {
  if (teacher === undefined) return undefined;
  return { folder: weightsFolder(teacher), share: teacherShare, temperature: teacherTemperature };
}
