import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { parseConfigFile } from '../../../server/config/parse-config-file.js';
import { configSchema, shapeOf } from '../../../server/config/schema.js';

describe('config.example.yaml', () => {
  it('says the defaults', async () => {
    const text = await readFile('config.example.yaml', 'utf8');
    expect(configSchema.parse(parseConfigFile(text, 'config.example.yaml').raw)).to.deep.equal(
      configSchema.parse({}),
    );
  });

  it('mentions every key', async () => {
    const text = await readFile('config.example.yaml', 'utf8');
    for (const path of [...sections(), ['cameras', 0], ['webrtc', 'iceServers', 0]]) {
      for (const key of Object.keys(shapeOf(path) ?? {})) {
        expect(text, [...path, key].join('.')).to.match(new RegExp(`^[\\s#-]*${key}:`, 'm'));
      }
    }
  });
});

function sections(): (string | number)[][] {
  const top = Object.keys(shapeOf([]) ?? {});
  return [[], ...top.filter((key) => shapeOf([key]) !== undefined).map((key) => [key])];
}
