import { expect } from 'chai';
import fc from 'fast-check';
import { Language, type Memory } from '../../../client/src/state/language.js';
import { countedIn } from '../../../client/src/strings/counted.js';
import { en } from '../../../client/src/strings/en.js';
import { loadStrings, pickLanguage } from '../../../client/src/strings/language.js';

/** What the browser remembers, as far as the language goes. */
function memoryOf(language: string | null = null): Memory {
  let kept = language;
  return { getItem: () => kept, setItem: (_key, value) => void (kept = value) };
}

describe('The language', () => {
  it('is the first wanted one that the dashboard speaks, in the region of the reader', () => {
    expect(pickLanguage(null, ['fr-FR', 'de-AT', 'en'])).to.deep.equal({ code: 'de', locale: 'de-AT' });
    expect(pickLanguage(null, ['ES-mx'])).to.deep.equal({ code: 'es', locale: 'ES-mx' });
  });

  it('is the chosen one before any wanted one', () => {
    expect(pickLanguage('es', ['de-AT', 'en'])).to.deep.equal({ code: 'es', locale: 'es' });
    expect(pickLanguage('es', ['de', 'es-AR'])).to.deep.equal({ code: 'es', locale: 'es-AR' });
  });

  it('is English where nothing else fits', () => {
    expect(pickLanguage('tlh', ['fr', 'constructor', ''])).to.deep.equal({ code: 'en', locale: 'en' });
    fc.assert(
      fc.property(fc.option(fc.string()), fc.array(fc.string()), (chosen, wanted) => {
        expect(['en', 'de', 'es']).to.include(pickLanguage(chosen, wanted).code);
      }),
    );
  });

  it('is spoken after its words came, and remembered', async () => {
    const memory = memoryOf();
    const language = new Language(memory, ['en-GB']);
    await language.start();
    expect(language.spoken.value).to.deep.equal({ code: 'en', locale: 'en-GB', strings: en });
    await language.choose('de');
    expect(language.spoken.value.strings.app.language).to.equal('Sprache');
    const next = new Language(memory, ['en-GB']);
    await next.start();
    expect(next.spoken.value.code).to.equal('de');
  });

  it('is the one chosen last, whichever words come first', async () => {
    const come = new Map<string, () => void>();
    const language = new Language(memoryOf(), ['en'], (code) =>
      new Promise<void>((resolve) => come.set(code, resolve)).then(() => loadStrings(code)),
    );
    const [first, second] = [language.choose('de'), language.choose('es')];
    come.get('es')?.();
    await second;
    come.get('de')?.();
    await first;
    expect(language.spoken.value.code).to.equal('es');
  });

  it('stays as it is where the words cannot be fetched, and says so', async () => {
    const language = new Language(memoryOf('de'), [], (code) =>
      code === 'en' ? Promise.resolve(en) : Promise.reject(new Error('no network')),
    );
    await language.start();
    expect(language.spoken.value.code).to.equal('en');
    expect(language.failure.value).to.equal('no network');
    await language.choose('en');
    expect(language.failure.value).to.equal(undefined);
  });
});

describe('A counted noun', () => {
  it('takes the form that the number wants, and the grouping of the language', () => {
    expect([1, 2, 12_345].map((count) => countedIn('de')(count, 'Tag', 'Tage'))).to.deep.equal([
      '1 Tag',
      '2 Tage',
      '12.345 Tage',
    ]);
    expect(countedIn('en')(0, 'day', 'days')).to.equal('0 days');
  });
});
