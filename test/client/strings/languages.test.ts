import { expect } from 'chai';
import { de } from '../../../client/src/strings/de.js';
import { en } from '../../../client/src/strings/en.js';
import { es } from '../../../client/src/strings/es.js';
import { languageNames } from '../../../client/src/strings/language.js';

/** Every word by its path, such as "kpi.inView". */
function wordsOf(group: object, path = ''): Map<string, unknown> {
  const words = new Map<string, unknown>();
  for (const [key, value] of Object.entries(group)) {
    if (typeof value === 'object' && value !== null) {
      for (const [inner, word] of wordsOf(value as object, `${path}${key}.`)) words.set(inner, word);
    } else {
      words.set(path + key, value);
    }
  }
  return words;
}

/** What a word says; a function gets values that are found again in what it says. */
function said(word: unknown, first: number): string {
  if (typeof word !== 'function') return String(word);
  const values = Array.from({ length: word.length }, (_, index) => first + index);
  return (word as (...values: number[]) => string)(...values);
}

const english = wordsOf(en);
const translations = { de: wordsOf(de), es: wordsOf(es) };

describe('The languages of the dashboard', () => {
  it('are the ones that can be chosen', () => {
    expect(Object.keys(translations)).to.deep.equal(
      Object.keys(languageNames).filter((code) => code !== 'en'),
    );
  });

  for (const [code, words] of Object.entries(translations)) {
    it(`lack no word and have none too many: ${code}`, () => {
      expect([...english.keys()].filter((path) => !words.has(path))).to.deep.equal([], 'missing');
      expect([...words.keys()].filter((path) => !english.has(path))).to.deep.equal([], 'too many');
    });

    it(`say something for every word, of the same kind as in English: ${code}`, () => {
      for (const [path, word] of words) {
        expect(typeof word, path).to.equal(typeof english.get(path));
        expect(said(word, 2).trim(), path).not.to.equal('');
      }
    });

    // 0 and 1 are left out: some words are written without the number for them.
    it(`tell every figure and name that English tells: ${code}`, () => {
      for (const [path, word] of english) {
        if (typeof word !== 'function') continue;
        const told = said(words.get(path), 41);
        for (const [value] of said(word, 41).matchAll(/\d+/g)) expect(told, path).to.include(value);
      }
    });
  }
});
