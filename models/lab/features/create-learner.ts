import type { LayersModel } from '@tensorflow/tfjs';
import type { Engine } from '../../engine/engine.js';
import type { PatchStore } from '../data/patch-store.js';
import type { BatchPlan, Pool } from '../train/batch-plan.js';
import type { Learner } from '../train/lesson.js';
import { createPictureLearner } from '../train/picture-learner.js';
import type { PredictOptions } from '../train/predict.js';
import type { Teacher } from '../train/teacher.js';
import { cutModel } from './cut-model.js';
import type { CutModel } from './cut-model.js';
import { createFeatureLearner } from './feature-learner.js';
import { createFeatureNetwork } from './feature-network.js';
import { openFeatureRows } from './feature-rows.js';
import { sizeOf } from './row-blocks.js';

/** What a learner is made for. */
export interface LearnerRequest {
  /** The whole network, frozen as it is to be trained. */
  readonly model: LayersModel;
  readonly store: PatchStore;
  readonly plan: Omit<BatchPlan, 'draw'>;
  readonly pools: readonly Pool[];
  readonly outputs: number;
  /** How serving crops a face. */
  readonly crop: PredictOptions;
  readonly teacher: Teacher | null;
  /** Views of each face to compute frozen features of; 0 to compute them anew at each step. */
  readonly views: number;
  readonly say: (line: string) => void;
  readonly onProgress: (done: number, total: number) => void;
  /** Stops the computing of features. */
  readonly signal: AbortSignal;
}

/** Features of all views take no more than this many bytes; fewer views are made where they would. */
const mostBytes = 2 ** 30;

/**
 * Makes the learner of a run: on features where layers are frozen and the features are small enough, else on pictures.
 *
 * @throws the signal's reason when it is raised before the features are there
 */
export async function createLearner(
  engine: Pick<Engine, 'tf' | 'compile'>,
  request: LearnerRequest,
): Promise<Learner> {
  const { model, store, plan, pools, crop, teacher, say } = request;
  const { tf } = engine;
  const patches = [...new Set(pools.flatMap((pool) => pool.patches))].sort((a, b) => a - b);
  const cut = request.views > 0 ? cutModel(tf, model) : null;
  const views = cut ? fittingViews(cut, patches.length, request.views) : 0;
  if (cut === null || views === 0) {
    cut?.upper.dispose();
    if (cut) say('The frozen features are too large to keep: they are computed anew at each step.');
    return createPictureLearner(tf, model, store, { ...plan, draw: { kind: 'pools', pools } }, crop, teacher);
  }
  const { seed, augmentation } = plan;
  const network = await createFeatureNetwork(engine, cut.lower, crop);
  try {
    say(`Training on ${views} views of the frozen features of each of ${patches.length} faces.`);
    const rows = { ...request, ...{ store: plan.store, patches, views, seed, augmentation } };
    const file = await openFeatureRows(rows, cut, network, teacher);
    const parts = { whole: model, cut, network, file, patches, views, teacher };
    return createFeatureLearner(tf, store, parts, { ...plan, pools }, crop);
  } catch (error) {
    network.close();
    cut.upper.dispose();
    throw error;
  }
}

function fittingViews({ shape }: CutModel, faces: number, asked: number): number {
  return Math.min(asked, Math.floor(mostBytes / (faces * sizeOf(shape) * 4)));
}
