import { createDetector } from '../../../models/detect/create-detector.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { runAnalysis } from '../../../server/analysis/process/run-analysis.js';
import { loadStubModels } from './stub-models.js';

// The real engine and detector; only the labels are made up.
runAnalysis(async (settings, onFallback) => {
  const engine = await loadEngine({ threads: settings.threads, onFallback });
  const detector = await createDetector(settings.detector, engine);
  const stub = await loadStubModels({ ...settings, detector: 'stub' }, onFallback);
  return {
    facts: { ...engine.facts, detector: detector.name, classifier: 'stub' },
    detector,
    classifier: stub.classifier,
    tensors: () => engine.tf.memory().numTensors,
  };
});
