import { signal } from '@preact/signals';
import { en, type Strings } from '../strings/en.js';
import { loadStrings, pickLanguage, type LanguageCode, type PickedLanguage } from '../strings/language.js';

const key = 'maskwatch.language';

/** What the browser remembers for the page, as `localStorage`. */
export interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** A language with its words. */
export interface SpokenLanguage extends PickedLanguage {
  readonly strings: Strings;
}

/** The language of the page, remembered by this browser. */
export class Language {
  readonly #memory: Memory;
  readonly #wanted: readonly string[];
  readonly #load: typeof loadStrings;
  #latest: PickedLanguage;
  /** English until another one is there. */
  readonly spoken = signal<SpokenLanguage>({ code: 'en', locale: 'en', strings: en });
  /** Why the wanted language could not be fetched; undefined where it could. */
  readonly failure = signal<string | undefined>(undefined);

  /** @param wanted BCP 47 tags, the most wanted first */
  constructor(memory: Memory, wanted: readonly string[], load = loadStrings) {
    this.#memory = memory;
    this.#wanted = wanted;
    this.#load = load;
    this.#latest = pickLanguage(memory.getItem(key), wanted);
  }

  /** Fetches the words of the remembered or wanted language; never rejects, since English is always there. */
  start(): Promise<void> {
    return this.#speak(this.#latest);
  }

  /** Changes the language and remembers it; never rejects, a failure is told by `failure`. */
  choose(code: LanguageCode): Promise<void> {
    this.#memory.setItem(key, code);
    return this.#speak(pickLanguage(code, this.#wanted));
  }

  async #speak(picked: PickedLanguage): Promise<void> {
    this.#latest = picked;
    try {
      const strings = await this.#load(picked.code);
      // Another one may have been chosen meanwhile.
      if (this.#latest !== picked) return;
      this.failure.value = undefined;
      this.spoken.value = { ...picked, strings };
    } catch (error) {
      this.failure.value = error instanceof Error ? error.message : String(error);
    }
  }
}
