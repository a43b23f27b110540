import { en, type Strings } from './en.js';

/** The languages that the dashboard speaks, each by its own name. */
export const languageNames = { en: 'English', de: 'Deutsch', es: 'Español' } as const;

/** A language that the dashboard speaks (ISO 639-1). */
export type LanguageCode = keyof typeof languageNames;

/** Whether the dashboard speaks the language of that code. */
export function isLanguageCode(code: string): code is LanguageCode {
  return Object.hasOwn(languageNames, code);
}

/** A language, and the locale (BCP 47) in which its numbers and times are written. */
export interface PickedLanguage {
  readonly code: LanguageCode;
  readonly locale: string;
}

/**
 * The language to speak: the chosen one, else the first wanted one that there is, else English.
 *
 * @param chosen what the reader chose earlier; null for nothing
 * @param wanted BCP 47 tags, the most wanted first, as in `navigator.languages`
 * @returns the locale keeps the reader's region where one is told, so that "de-AT" writes numbers as in Austria
 */
export function pickLanguage(chosen: string | null, wanted: readonly string[]): PickedLanguage {
  if (chosen !== null && isLanguageCode(chosen)) {
    return { code: chosen, locale: wanted.find((tag) => codeOf(tag) === chosen) ?? chosen };
  }
  for (const locale of wanted) {
    const code = codeOf(locale);
    if (isLanguageCode(code)) return { code, locale };
  }
  return { code: 'en', locale: 'en' };
}

/** The words of a language. English comes with the page; each other one is a file of its own, fetched when it is wanted. */
export async function loadStrings(code: LanguageCode): Promise<Strings> {
  switch (code) {
    case 'en':
      return en;
    case 'de':
      return (await import('./de.js')).de;
    case 'es':
      return (await import('./es.js')).es;
  }
}

function codeOf(tag: string): string {
  return tag.split('-', 1)[0]?.toLowerCase() ?? '';
}
