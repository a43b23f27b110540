import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { interfaceFiles } from '../helpers/interface-files.js';
import { projectFiles, root, textOf } from './source-files.js';

describe('the files made from the interfaces', function () {
  this.timeout(60_000);

  it('are those of the code; "npm run interfaces" makes them anew', async () => {
    const stale = [...(await interfaceFiles())]
      .filter(([path, text]) => !existsSync(join(root, path)) || textOf(path) !== text)
      .map(([path]) => path);
    expect(stale).to.deep.equal([]);
  });

  it('are no more than that', async () => {
    const made = await interfaceFiles();
    const left = projectFiles()
      .filter((path) => path.startsWith('docs/api/') || path.startsWith('client/sdk/src/contract/'))
      .filter((path) => !made.has(path));
    expect(left).to.deep.equal([]);
  });
});
