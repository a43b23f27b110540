import type { FlagStore } from '../storage/flag-store.js';
import { type ChoiceHistory, formatHistory, parseHistory } from './choice-history.js';

const key = 'classifiers';

/** Keeps which classifiers were chosen. */
export interface ChoiceStore {
  /** Undefined where nobody has chosen one yet. */
  read(): ChoiceHistory | undefined;
  write(history: ChoiceHistory): void;
}

/** Makes the store over the database's flags. */
export function createChoiceStore(flags: FlagStore): ChoiceStore {
  return {
    read: () => parseHistory(flags.get(key)),
    write: (history) => {
      flags.set(key, formatHistory(history));
    },
  };
}
