import { join, resolve } from 'node:path';
import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { createDetector } from '../../../models/detect/create-detector.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { packageRoot } from '../../package-root.js';
import type { AnalysisSettings } from '../messages.js';
import type { LoadedModels } from './models.js';

/** Loads the engine, the detector and the classifier that the settings name; the `LoadModels` of the product. */
export async function loadModels(
  settings: AnalysisSettings,
  onFallback: (reason: string) => void,
): Promise<LoadedModels> {
  const engine = await loadEngine({
    threads: settings.threads,
    rounded: true,
    backend: settings.forceWasm === true ? 'wasm' : 'auto',
    onFallback,
  });
  const { minScore } = settings;
  const detector = await createDetector(
    settings.detector,
    engine,
    minScore === undefined ? {} : { minScore },
  );
  // An absolute path stays as it is.
  const load = (folder: string) =>
    loadClassifier(engine, resolve(join(packageRoot(), 'models', 'weights'), folder));
  const classifier = await load(settings.classifier);
  return {
    facts: { ...engine.facts, detector: detector.name, classifier: classifier.name },
    detector,
    classifier,
    loadClassifier: load,
    tensors: () => engine.tf.memory().numTensors,
  };
}
