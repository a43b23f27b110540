import { expect } from 'chai';
import fc from 'fast-check';
import { createLogger } from '../../../server/log/logger.js';
import { lineForPeople } from '../../../server/log/line-for-people.js';
import { visibleText } from '../../../server/log/visible-text.js';
import { redactLine } from '../../../server/log/redact-line.js';
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

  it('loses secrets of all shapes and stays JSON', () => {
    const secrets = new KnownSecrets();
    const known = ['pa\u0085ss\u202eword', 'a"b\\c', 'tab\tbed'];
    secrets.remember('camera', known);
    const quiet: string[] = [];
    const careful = createLogger(
      'info',
      (line) => redactLine(line, secrets),
      (line) => quiet.push(line),
    );
    for (const text of [
      ...known,
      'GET http://h/?token=looks-secret"',
      'rtsp://u:looks-secret@h/1',
      'Authorization: Digest username="looks-secret", response="looks-secret"',
      'Authorization: Basic looks-secret',
    ]) {
      careful.info({ url: `x ${text} y`, after: 'kept' }, `said ${text}`);
    }
    for (const line of quiet) {
      const { after } = JSON.parse(line) as { after: string };
      expect(after).to.equal('kept');
      for (const word of [...known, 'looks-secret'])
        expect(line).not.to.include(JSON.stringify(word).slice(1, -1));
      expect(line).to.include('***');
    }
    expect(quiet).to.have.lengthOf(7);
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

describe('a line of the log for people', () => {
  const written: string[] = [];
  const log = createLogger(
    'trace',
    (line) => redact(line),
    (line) => written.push(lineForPeople(line, false)),
  );
  beforeEach(() => written.splice(0));

  it('tells time, level, part, message and facts', () => {
    log.child({ part: 'http' }).warn({ path: '/a b', status: 404, id: 'x1', list: [1] }, 'refused');
    expect(written[0]?.replace(/^[\d:]{8}/, 'TIME')).to.equal(
      'TIME warn  http: refused path="/a b" status=404 id=x1 list=[1]',
    );
    log.error({ err: new Error('broken') }, 'storage');
    expect(written[1]?.split('\n')[1]).to.equal('    Error: broken');
    expect(lineForPeople('{"level":30,"time":"2026-01-01T10:00:00Z","msg":"x"}', true)).to.equal(
      '10:00:00 \u001b[32minfo \u001b[39m x',
    );
  });

  it('cannot be forged from outside: no line of its own, nothing that a terminal obeys', () => {
    for (const attack of attacks) {
      log.info({ camera: attack, [attack]: { [attack]: attack } }, attack);
      log.child({ part: attack }).info('x');
    }
    expect(written.filter((line) => obeyed.test(line))).to.deep.equal([]);
    log.error({ err: Object.assign(new Error(attacks.join('\n')), { stack: undefined }) }, 'x');
    const lines = written.at(-1)?.split('\n') ?? [];
    expect(lines.slice(1).every((line) => line.startsWith('    ') && !obeyed.test(line))).to.equal(true);
  });
});

describe('a text for a terminal', () => {
  it('leaves letters of all languages and signs alone', () => {
    const text = 'Tür "Süd" – 入口 🚪 вход \\ é';
    expect(visibleText(text)).to.equal(text);
    expect(visibleText('a\nb\u009bc')).to.equal(String.raw`a\u000ab\u009bc`);
  });
});
