import { loadClassifier } from '../../models/classify/weights-classifier.js';
import { createDetector } from '../../models/detect/create-detector.js';
import { loadOwnDetector } from '../../models/detect/own/own-detector.js';
import { loadEngine } from '../../models/engine/load-engine.js';
import { labelFaces } from '../../models/label-faces.js';
import { shippedWeights } from '../../models/shipped-weights.js';
import { loadModels } from '../../server/analysis/process/load-models.js';
import { ModelHost } from '../../server/analysis/process/model-host.js';
import { configSchema } from '../../server/config/schema.js';
import type { Subject } from './subject.js';

const reportFallback = (reason: string): void => {
  throw new Error(reason);
};

/**
 * The models as an analysis process runs them, with the configuration's defaults.
 *
 * @param inputSide long side of the detector's input in pixels; what it ships with where absent
 */
export async function productSubject(threads: number, inputSide?: number): Promise<Subject> {
  if (inputSide !== undefined) return scaledSubject(threads, inputSide);
  const { detector, classifier, frameSide } = configSchema.parse({}).analysis;
  const models = new ModelHost(loadModels);
  const facts = await models.start({ detector, classifier, frameSide, threads }, reportFallback);
  return {
    about: `${facts.detector} and ${facts.classifier}, TensorFlow ${facts.tensorflow ?? 'absent'}`,
    run: async (frames) => {
      const { faces } = await models.analyse(frames);
      return faces.reduce((sum, list) => sum + list.length, 0);
    },
  };
}

/** The same models, with a smaller or larger input of the detector; faces are cut from the frames as they are. */
async function scaledSubject(threads: number, inputSide: number): Promise<Subject> {
  const names = configSchema.parse({}).analysis;
  const engine = await loadEngine({ threads, backend: 'tensorflow' });
  const detector = await loadOwnDetector(engine, shippedWeights(names.detector), { inputSide });
  const classifier = await loadClassifier(engine, shippedWeights(names.classifier));
  return {
    about: `${detector.name} at ${inputSide} and ${classifier.name}, TensorFlow ${engine.facts.tensorflow ?? 'absent'}`,
    run: async (frames) => {
      const faces = await labelFaces(detector, classifier, frames);
      return faces.reduce((sum, list) => sum + list.length, 0);
    },
  };
}

/** The product's detector alone, from bytes to boxes. */
export async function detectorSubject(threads: number): Promise<Subject> {
  const engine = await loadEngine({ threads, backend: 'tensorflow' });
  const detector = await createDetector(configSchema.parse({}).analysis.detector, engine);
  return {
    about: `${detector.name}, TensorFlow ${engine.facts.tensorflow ?? 'absent'}`,
    run: async (frames) => (await detector.detect(frames)).reduce((sum, list) => sum + list.length, 0),
  };
}
