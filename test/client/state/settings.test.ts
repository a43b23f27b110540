import { expect } from 'chai';
import fc from 'fast-check';
import {
  controlOf,
  type JsonSchema,
  readSetting,
  textOf,
} from '../../../client/src/state/setting-control.js';
import { keyOfPointer, patchOf } from '../../../client/src/state/setting-patch.js';
import { configJsonSchema, configKeys } from '../../../server/config/config-keys.js';

const schema = configJsonSchema() as JsonSchema;

describe('The form of the settings', () => {
  it('has a control for every key of the configuration, and reads every default back as it is', () => {
    for (const { key, preset } of configKeys()) {
      const control = controlOf(schema, key);
      const reading = readSetting(textOf(preset, control), control);
      // Nothing typed means that nothing is said, which gives the default again.
      const value = preset === '' ? null : (preset ?? null);
      expect([key, reading]).to.deep.equal([key, { ok: true, value }]);
    }
  });

  it('chooses the control by the kind of value', () => {
    expect(controlOf(schema, 'server.port')).to.deep.equal({
      kind: 'number',
      whole: true,
      least: 0,
      most: 65535,
    });
    expect(controlOf(schema, 'log.level').kind).to.equal('choice');
    expect(controlOf(schema, 'dataDir').kind).to.equal('text');
    expect(controlOf(schema, 'server.allowedHosts').kind).to.equal('lines');
    expect(controlOf(schema, 'cameras').kind).to.equal('json');
    expect(controlOf(schema, 'no.such.key').kind).to.equal('json');
  });

  it('says what is no number and no JSON', () => {
    expect(readSetting('ten', { kind: 'number', whole: true })).to.deep.equal({
      ok: false,
      problem: 'number',
    });
    expect(readSetting('[1,', { kind: 'json' })).to.deep.equal({ ok: false, problem: 'json' });
    expect(readSetting(' a \n\n b ', { kind: 'lines' })).to.deep.equal({ ok: true, value: ['a', 'b'] });
    expect(readSetting('false', { kind: 'switch' })).to.deep.equal({ ok: true, value: false });
  });

  it('reads JSON back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (value) => {
        const text = textOf(value, { kind: 'json' });
        expect(readSetting(text, { kind: 'json' })).to.deep.equal({
          ok: true,
          value: JSON.parse(JSON.stringify(value)) as unknown,
        });
      }),
    );
  });

  it('makes one merge patch of all changes', () => {
    const changes = new Map<string, unknown>([
      ['dataDir', 'x'],
      ['server.port', 1],
      ['server.host', null],
      ['a.b.c', []],
    ]);
    expect(patchOf(changes)).to.deep.equal({
      dataDir: 'x',
      server: { port: 1, host: null },
      a: { b: { c: [] } },
    });
  });

  it('finds the setting that a problem means', () => {
    const keys = ['server.port', 'cameras', 'cam'];
    expect(keyOfPointer('/server/port', keys)).to.equal('server.port');
    expect(keyOfPointer('/cameras/0/url', keys)).to.equal('cameras');
    expect(keyOfPointer('/nowhere', keys)).to.equal(undefined);
  });
});
