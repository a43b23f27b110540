import { createHash } from 'node:crypto';
import type { Pooling } from '../architectures/architecture.js';
import type { Freeze } from '../architectures/freeze.js';
import type { Augmentation } from '../augment/settings.js';
import type { SplitPart } from '../data/split.js';
import type { Sampling } from './pools.js';
import type { ProgressSink } from './progress.js';
import type { TeacherChoice } from './teacher.js';
import type { TrainOptions } from './trainer.js';

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
  readonly training: Omit<TrainOptions, 'distillation'>;
  /** Folder of the checkpoint, the history and the curves. */
  readonly out: string;
  /** Dense layers in the head; as many as the architecture has of itself where absent. */
  readonly headLayers?: number | undefined;
  /** What stands between the backbone's map and the head; the mean where absent. */
  readonly pooling?: Pooling | undefined;
  /** What is not trained; nothing where absent. */
  readonly freeze?: Freeze | undefined;
  /** Views of each face of which the frozen layers' features are computed, once; 0 or absent: anew at each step. */
  readonly featureViews?: number | undefined;
  /** A network to learn from beside the labels. */
  readonly teacher?: TeacherChoice | undefined;
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

/** Tells runs apart: all settings that decide the weights. */
export function fingerprint(request: RunRequest): string {
  const { architecture, size, outputs, headLayers, freeze, batch, store, parts } = request;
  const { sampling, augmentation, training, initial, featureViews, teacher, pooling } = request;
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
    ...(featureViews ? [{ featureViews }] : []),
    ...(teacher ? [{ teacher }] : []),
    ...(pooling ? [{ pooling }] : []),
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 16);
}
