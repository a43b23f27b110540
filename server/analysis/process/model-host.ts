import type { Box, RgbImage } from '../../../models/image.js';
import type { AnalysisSettings, EngineFacts } from '../messages.js';
import { analyseBatch, type BatchResult, type KnownFaces } from './analyse-batch.js';
import type { Analyser } from './analyser.js';
import type { LoadedModels, LoadModels } from './models.js';
import { SwappableClassifier } from './swappable-classifier.js';
import { warmUp, warmUpClassifier } from './warm-up.js';

/** Runs the models on the thread that it is made on. */
export class ModelHost implements Analyser {
  readonly #loadModels: LoadModels;
  #models: LoadedModels | undefined;
  /** Holds the loaded classifier, or what took its place. */
  #classifier: SwappableClassifier | undefined;

  constructor(loadModels: LoadModels) {
    this.#loadModels = loadModels;
  }

  async start(settings: AnalysisSettings, onFallback: (reason: string) => void): Promise<EngineFacts> {
    const models = await this.#loadModels(settings, onFallback);
    await warmUp(models, settings.frameSide);
    this.#models = models;
    this.#classifier = new SwappableClassifier(models.classifier);
    return models.facts;
  }

  analyse(frames: readonly RgbImage[], known: KnownFaces): Promise<BatchResult> {
    const { models, classifier } = this.#started();
    return analyseBatch(frames, models.detector, classifier, known);
  }

  async faces(frame: RgbImage, minScore?: number): Promise<readonly Box[]> {
    const [found = []] = await this.#started().models.detector.detect([frame], minScore);
    return found.map(({ box }) => box);
  }

  async useClassifier(folder: string): Promise<EngineFacts> {
    const { models, classifier } = this.#started();
    const next = await models.loadClassifier(folder);
    try {
      await warmUpClassifier(next);
    } catch (error) {
      next.close();
      throw error;
    }
    classifier.swap(next);
    return { ...models.facts, classifier: classifier.name };
  }

  tensors(): Promise<number> {
    return Promise.resolve(this.#models?.tensors() ?? 0);
  }

  close(): Promise<void> {
    this.#models?.detector.close();
    this.#classifier?.close();
    this.#models = undefined;
    this.#classifier = undefined;
    return Promise.resolve();
  }

  #started(): { readonly models: LoadedModels; readonly classifier: SwappableClassifier } {
    if (this.#models === undefined || this.#classifier === undefined)
      throw new Error('the models are not loaded');
    return { models: this.#models, classifier: this.#classifier };
  }
}
