import { loadClassifier } from '../../../models/classify/weights-classifier.js';
import { createDetector } from '../../../models/detect/create-detector.js';
import type { Engine } from '../../../models/engine/engine.js';
import { loadEngine } from '../../../models/engine/load-engine.js';
import type { ReplayModels } from '../../replay/replay-clip.js';
import type { ModelChoice } from '../messages.js';

/** The models of the job before, kept for the next one. */
export class TryoutModels {
  #engine: Promise<Engine> | undefined;
  #loaded: { readonly key: string; readonly models: ReplayModels } | undefined;

  /** @throws WeightsError, RangeError when a choice cannot be loaded */
  async get(choice: ModelChoice): Promise<ReplayModels> {
    const key = JSON.stringify(choice);
    if (this.#loaded?.key === key) return this.#loaded.models;
    this.#drop();
    this.#engine ??= loadEngine({ threads: 1 });
    const engine = await this.#engine;
    const { detector: name, minScore, classifier } = choice;
    const detector = await createDetector(name, engine, minScore === undefined ? {} : { minScore });
    try {
      const models = { detector, classifier: await loadClassifier(engine, classifier) };
      this.#loaded = { key, models };
      return models;
    } catch (error) {
      detector.close();
      throw error;
    }
  }

  #drop(): void {
    this.#loaded?.models.detector.close();
    this.#loaded?.models.classifier.close();
    this.#loaded = undefined;
  }
}
