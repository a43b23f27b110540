import { expect } from 'chai';
import fc from 'fast-check';
import { createLogger } from '../../../server/log/logger.js';
import { visibleText } from '../../../server/log/visible-text.js';
import { KnownSecrets } from '../../../server/secrets/known-secrets.js';
import { redact } from '../../../streams/ffmpeg/redact.js';

/** What a terminal obeys: C0 and C1, the eight-bit CSI among them, and what turns or hides text. */
const obeyed = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

const attacks: readonly string[] = [
  'door\n{"level":50,"msg":"forged"}',
  'door\r{"level":50,"msg":"forged"}',
  'door\u001b[2K\u001b[1Gforged',
  'door\u009b2Kforged',
  'door\u0085forged',
  'door\u0090payload\u009c',
  'door\u007f\u0008',
  'door \u202egnorw\u202c',
  'door \u2066x\u2069 \u200f \u061c',
  'door\u2028forged\u2029',
  'zero\u200bwidth\ufeff\u00ad',
  'tags \u{e0041}\u{e007f}',
];

describe('the log', () => {
  const written: string[] = [];
  const log = createLogger(
    'trace',
    (line) => redact(line),
    (line) => written.push(line),
  );
  beforeEach(() => written.splice(0));

  it('keeps whatever comes from outside in one line that a terminal shows and does not obey', () => {
    for (const attack of attacks) {
      log.info({ camera: attack, [attack]: 1, err: new Error(attack) }, attack);
      log.child({ part: attack }).warn(attack);
    }
    expect(written).to.have.lengthOf(attacks.length * 2);
    for (const line of written) {
      expect(line.endsWith('\n')).to.equal(true);
      expect(obeyed.test(line.slice(0, -1)), line).to.equal(false);
    }
    const [first] = written;
    const parsed = JSON.parse(first ?? '') as { camera: string; msg: string };
    expect(parsed).to.include({ camera: attacks[0], msg: attacks[0] });
  });

  it('gives every text back to who parses it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        written.splice(0);
        log.info({ text });
        const [line = ''] = written;
        return !obeyed.test(line.slice(0, -1)) && (JSON.parse(line) as { text: string }).text === text;
      }),
      { numRuns: 2000, examples: attacks.map((attack): [string] => [attack]) },
    );
  });

  it('still finds a secret that has such characters in it', () => {
    const secrets = new KnownSecrets();
    secrets.remember('camera', ['pa\u0085ss\u202eword']);
    const quiet: string[] = [];
    createLogger(
      'info',
      (line) => secrets.inJson(line),
      (line) => quiet.push(line),
    ).info({ url: 'x pa\u0085ss\u202eword y' });
    expect(quiet.join('')).to.include('x *** y');
  });

  it('takes another level up, also in children that were made before', () => {
    const child = log.child({ part: 'x' });
    log.setLevel('warn');
    child.info('no');
    child.error('yes');
    log.setLevel('trace');
    expect(written.map((line) => (JSON.parse(line) as { msg: string }).msg)).to.deep.equal(['yes']);
  });
});

describe('a text for a terminal', () => {
  it('leaves letters of all languages and signs alone', () => {
    const text = 'Tür "Süd" – 入口 🚪 вход \\ é';
    expect(visibleText(text)).to.equal(text);
    expect(visibleText('a\nb\u009bc')).to.equal(String.raw`a\u000ab\u009bc`);
  });
});
