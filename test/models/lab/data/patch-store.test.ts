import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { PatchStore, writePatchStore } from '../../../../models/lab/data/patch-store.js';
import type { NewPatch } from '../../../../models/lab/data/patch-store.js';

function patch(file: string, side: number, value: number): NewPatch {
  return {
    facts: { file, label: 'mask', group: file, source: 'own', faceSide: side / 2, detected: false },
    patch: { width: side, height: side, data: new Uint8Array(side * side * 3).fill(value) },
  };
}

async function* patches(): AsyncGenerator<NewPatch> {
  yield await Promise.resolve(patch('a', 8, 10));
  yield await Promise.resolve(patch('b', 20, 200));
}

describe('PatchStore', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-store-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives back patches of any side with their facts', async () => {
    expect(await writePatchStore(folder, patches())).to.equal(2);
    const store = PatchStore.open(folder);
    expect(store.entries.map(({ file, side }) => [file, side])).to.deep.equal([
      ['a', 8],
      ['b', 20],
    ]);
    expect(store.read(1)).to.deep.equal(patch('b', 20, 200).patch);
    expect(store.read(0).data[0]).to.equal(10);
    store.close();
    store.close();
    expect(() => store.read(0)).to.throw(RangeError);
  });

  it('names the patch where the file is cut short', async () => {
    await writePatchStore(folder, patches());
    await truncate(join(folder, 'patches.bin'), 300);
    const store = PatchStore.open(folder);
    expect(() => store.read(1)).to.throw('patch 1 of b');
    store.close();
  });
});
