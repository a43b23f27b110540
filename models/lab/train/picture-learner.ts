import type { LayersModel } from '@tensorflow/tfjs';
import type { Tf } from '../../engine/engine.js';
import type { PatchStore } from '../data/patch-store.js';
import type { BatchPlan } from './batch-plan.js';
import { createThreadedBatches } from './batch-source.js';
import { useCheapGradients } from './cheap-gradients.js';
import type { Learner } from './lesson.js';
import { networkInput } from './network-input.js';
import { predictPatches } from './predict.js';
import type { PredictOptions } from './predict.js';
import { opinions } from './teacher.js';
import type { Teacher } from './teacher.js';

/** Trains a whole network on pictures that are varied anew at each step. */
export function createPictureLearner(
  tf: Tf,
  model: LayersModel,
  store: PatchStore,
  plan: BatchPlan,
  crop: PredictOptions,
  teacher: Teacher | null,
): Learner {
  useCheapGradients(tf);
  const batches = createThreadedBatches(plan);
  return {
    model,
    lesson: async (step) => {
      const { pixels, outputs } = await batches.take(step);
      return {
        input: () => networkInput(tf, pixels, crop.size, crop.normalisation),
        outputs,
        teacher: teacher && opinions(teacher, teacher.rows(pixels, crop.size), outputs),
      };
    },
    predict: (patches) => predictPatches(tf, model, store, patches, crop),
    finish: () => undefined,
    close: () => batches.close(),
  };
}
