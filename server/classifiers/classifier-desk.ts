import { dirname } from 'node:path';
import { ClassifierChangeError } from '../analysis/classifier-change-error.js';
import type { AnalysisPool } from '../analysis/pool-contract.js';
import type { ModelList } from '../http/api.js';
import { activeOf, beforeOf, choose, type ChoiceHistory, rollBack } from './choice-history.js';
import type { ChoiceStore } from './choice-store.js';
import { ClassifierError } from './classifier-error.js';
import { modelView } from './model-view.js';
import type { WeightsLibrary } from './weights-library.js';

/** What the desk is made from. */
export interface ClassifierDeskParts {
  readonly library: Pick<WeightsLibrary, 'list' | 'folderOf'>;
  readonly pool: Pick<AnalysisPool, 'useClassifier'>;
  readonly store: Pick<ChoiceStore, 'write'>;
  /** As the server began; the last one runs, from `folder`. */
  readonly history: ChoiceHistory;
  readonly folder: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onChanged: (name: string, before: string) => void;
}

/** Where the mask classifier is chosen while the server runs. */
export class ClassifierDesk {
  readonly #parts: ClassifierDeskParts;
  #history: ChoiceHistory;
  #folder: string;
  #changing = false;

  constructor(parts: ClassifierDeskParts) {
    this.#parts = parts;
    this.#history = parts.history;
    this.#folder = parts.folder;
  }

  /** Name of the classifier that is chosen. */
  get active(): string {
    return activeOf(this.#history).name;
  }

  async list(): Promise<ModelList> {
    const history = this.#history;
    const active = activeOf(history).name;
    const entries = await this.#parts.library.list();
    return {
      models: entries.map((entry) => modelView(entry, active)),
      active,
      history: history.toReversed(),
    };
  }

  /**
   * Lets every analysis process run a classifier from now on, also after a restart.
   *
   * @throws ClassifierError; the one before then goes on everywhere
   */
  async use(name: string): Promise<ModelList> {
    if (name !== activeOf(this.#history).name) {
      await this.#change(() => choose(this.#history, name, this.#parts.now()));
    }
    return this.list();
  }

  /**
   * Goes back to the classifier that ran before.
   *
   * @throws ClassifierError; the present one then goes on everywhere
   */
  async rollBack(): Promise<ModelList> {
    await this.#change(() => {
      if (beforeOf(this.#history) === undefined) {
        throw new ClassifierError('nothing-to-roll-back', 'No other mask classifier ran before this one.');
      }
      return rollBack(this.#history);
    });
    return this.list();
  }

  /** One at a time, so that the history is that of the processes. */
  async #change(next: () => ChoiceHistory): Promise<void> {
    if (this.#changing) throw underWay();
    this.#changing = true;
    try {
      const history = next();
      const { name } = activeOf(history);
      const before = activeOf(this.#history).name;
      const folder = await this.#parts.library.folderOf(name);
      await this.#switch(folder);
      try {
        this.#parts.store.write(history);
      } catch (error) {
        // What would be forgotten by a restart must not run until then.
        await this.#switch(this.#folder);
        throw error;
      }
      this.#history = history;
      this.#folder = folder;
      this.#parts.onChanged(name, before);
    } finally {
      this.#changing = false;
    }
  }

  async #switch(folder: string): Promise<void> {
    try {
      await this.#parts.pool.useClassifier(folder);
    } catch (error) {
      if (!(error instanceof ClassifierChangeError)) throw error;
      if (error.code === 'busy') throw underWay();
      // The message names the file at fault; where on this machine it lies is nobody's business.
      const message = error.message.replaceAll(`${dirname(folder)}/`, '');
      throw new ClassifierError('model-refused', message, { cause: error });
    }
  }
}

function underWay(): ClassifierError {
  return new ClassifierError('model-change-under-way', 'Another change of the mask classifier is under way.');
}
