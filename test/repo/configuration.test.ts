import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { format } from 'prettier';
import { parseConfigFile } from '../../server/config/parse-config-file.js';
import { configReference, exampleConfig } from '../../server/config/config-text.js';
import { configSchema } from '../../server/config/schema.js';

describe('the documents of the configuration', () => {
  it('are those of the schema: maskwatch config example, maskwatch config reference', async () => {
    expect(readFileSync('config.example.yaml', 'utf8')).to.equal(exampleConfig());
    const page = await format(configReference(), { parser: 'markdown', printWidth: 130 });
    expect(
      await format(readFileSync('docs/configuration.md', 'utf8'), { parser: 'markdown', printWidth: 130 }),
    ).to.equal(page);
  });

  it('show values that are valid', () => {
    expect(configSchema.parse(parseConfigFile(exampleConfig(), 'example').raw)).to.deep.equal(
      configSchema.parse({}),
    );
  });
});
