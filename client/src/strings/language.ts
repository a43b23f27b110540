import { en, type Strings } from './en.js';

/** Every language has all strings: the compiler finds a missing one. German and Spanish go here. */
const languages: Readonly<Record<string, Strings>> = { en };

/** The words and the locale of the first language wanted that there is; English otherwise. */
export function chooseLanguage(wanted: readonly string[]): { strings: Strings; locale: string } {
  for (const locale of wanted) {
    const strings = languages[locale.slice(0, 2).toLowerCase()];
    if (strings) return { strings, locale };
  }
  return { strings: en, locale: 'en' };
}
