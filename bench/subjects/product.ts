import { loadClassifier } from '../../models/classify/weights-classifier.js';
import { createDetector } from '../../models/detect/create-detector.js';
import { loadOwnDetector } from '../../models/detect/own/own-detector.js';
import { loadEngine } from '../../models/engine/load-engine.js';
import { labelFaces } from '../../models/label-faces.js';
import { shippedWeights } from '../../models/shipped-weights.js';
import { configSchema } from '../../server/config/schema.js';
import type { Subject } from './subject.js';

/**
 * The product's models with the configuration's defaults and the server's arithmetic (bfloat16 where the processor has a unit for
 * it): every face of every frame is found and labelled.
 *
 * @param inputSide long side of the detector's input in pixels; what it ships with where absent
 */
export async function productSubject(threads: number, inputSide?: number): Promise<Subject> {
  const names = configSchema.parse({}).analysis;
  const engine = await loadEngine({ threads, backend: 'tensorflow', rounded: true });
  const detector =
    inputSide === undefined
      ? await createDetector(names.detector, engine)
      : await loadOwnDetector(engine, shippedWeights(names.detector), { inputSide });
  const classifier = await loadClassifier(engine, shippedWeights(names.classifier));
  const scale = inputSide === undefined ? '' : ` at ${inputSide}`;
  return {
    about: `${detector.name}${scale} and ${classifier.name}, TensorFlow ${engine.facts.tensorflow ?? 'absent'}`,
    run: async (frames) => {
      const faces = await labelFaces(detector, classifier, frames);
      return faces.reduce((sum, list) => sum + list.length, 0);
    },
  };
}

/** The product's detector alone, from bytes to boxes. */
export async function detectorSubject(threads: number): Promise<Subject> {
  const engine = await loadEngine({ threads, backend: 'tensorflow', rounded: true });
  const detector = await createDetector(configSchema.parse({}).analysis.detector, engine);
  return {
    about: `${detector.name}, TensorFlow ${engine.facts.tensorflow ?? 'absent'}`,
    run: async (frames) => (await detector.detect(frames)).reduce((sum, list) => sum + list.length, 0),
  };
}
