import { expect } from 'chai';
import { productSources, textOf } from './source-files.js';

describe('the environment', () => {
  it('is read in one file only', () => {
    // Setting what native code reads at its start (`Object.assign(process.env, …)`) is no reading.
    const readers = productSources().filter((path) =>
      /(?<!Object\.assign\()\bprocess\.env\b/.test(textOf(path)),
    );
    expect(readers.length, readers.join(', ')).to.be.at.most(1);
  });

  it('is no place for console output: the server logs, and commands print through their own door', () => {
    const printers = productSources().filter(
      (path) => !path.startsWith('client/') && /\bconsole\.\w+\(/.test(textOf(path)),
    );
    expect(printers).to.deep.equal([]);
  });
});
