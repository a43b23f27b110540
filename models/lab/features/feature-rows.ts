import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Augmentation } from '../augment/settings.js';
import { createThreadedBatches } from '../train/batch-source.js';
import type { PredictOptions } from '../train/predict.js';
import type { Teacher } from '../train/teacher.js';
import type { CutModel } from './cut-model.js';
import { FeatureFile, holdsRows, writeRows } from './feature-file.js';
import type { FeatureNetwork } from './feature-network.js';
import { besides, sizeOf } from './row-blocks.js';

/** All that decides what the features of a run's training faces are. */
export interface FeatureRowsRequest {
  /** Folder of the patch store; the file of features lies there too, for all runs that need the same. */
  readonly store: string;
  readonly patches: readonly number[];
  /** How often each face is varied. */
  readonly views: number;
  readonly seed: number;
  readonly augmentation: Augmentation;
  readonly crop: PredictOptions;
  /** Outputs of the network, for which the teacher is asked. */
  readonly outputs: number;
  /** Told how many views of how many are done. */
  readonly onProgress: (done: number, total: number) => void;
  /** Stops the computing; nothing of it is kept. */
  readonly signal: AbortSignal;
}

const batch = 32;

/**
 * Opens the file of features, which is computed first where there is none yet. The caller closes it.
 *
 * @throws the signal's reason when it is raised
 */
export async function openFeatureRows(
  request: FeatureRowsRequest,
  cut: CutModel,
  network: FeatureNetwork,
  teacher: Teacher | null,
): Promise<FeatureFile> {
  const { store, patches, views } = request;
  const width = sizeOf(cut.shape) + (teacher ? request.outputs : 0);
  const path = join(store, `features-${fingerprint(request, cut, teacher)}.bin`);
  if (!(await holdsRows(path, patches.length * views, width))) {
    await writeRows(path, computeRows(request, sizeOf(cut.shape), network, teacher));
  }
  return new FeatureFile(path, width);
}

async function* computeRows(
  request: FeatureRowsRequest,
  features: number,
  network: FeatureNetwork,
  teacher: Teacher | null,
): AsyncGenerator<Float32Array> {
  const { store, seed, augmentation, patches, views, crop, outputs, onProgress } = request;
  const { size } = crop;
  const batches = createThreadedBatches({
    ...{ store, seed, batch, size, augmentation },
    draw: { kind: 'views', patches, views },
  });
  const total = patches.length * views;
  try {
    for (let step = 0; step * batch < total; step++) {
      request.signal.throwIfAborted();
      const { pixels } = await batches.take(step);
      const count = pixels.length / (size * size * 3);
      const seen = network.run(pixels);
      const said = teacher?.rows(pixels, size);
      yield said === undefined
        ? seen
        : besides({ values: seen, width: features }, { values: said, width: outputs }).values;
      onProgress(step * batch + count, total);
    }
  } finally {
    await batches.close();
  }
}

function fingerprint(request: FeatureRowsRequest, { lower }: CutModel, teacher: Teacher | null): string {
  const { patches, views, seed, augmentation, crop } = request;
  const hash = createHash('sha256');
  hash.update(JSON.stringify(['features 1', lower.layers.map(({ name }) => name), lower.outputs[0]?.shape]));
  hash.update(JSON.stringify([patches, views, seed, augmentation, crop]));
  hash.update(teacher?.key ?? '');
  for (const weight of lower.getWeights()) hash.update(new Uint8Array(weight.dataSync().slice().buffer));
  return hash.digest('hex').slice(0, 16);
}
