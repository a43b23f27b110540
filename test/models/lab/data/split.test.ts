import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { readSplit, writeSplit } from '../../../../models/lab/data/split-file.js';
import { defaultFractions, splitByGroup } from '../../../../models/lab/data/split.js';
import type { Groupable } from '../../../../models/lab/data/split.js';

const faces = fc
  .array(
    fc.record({
      label: fc.constantFrom('mask', 'no_mask', 'incorrect'),
      group: fc.integer({ min: 0, max: 40 }),
    }),
    {
      minLength: 1,
      maxLength: 200,
    },
  )
  .map((items) =>
    items.map((item, i): Groupable => ({ file: `${i}.jpg`, label: item.label, group: `g${item.group}` })),
  );

describe('splitByGroup', () => {
  it('gives each file one part and never divides a group', () => {
    fc.assert(
      fc.property(faces, fc.integer(), (items, seed) => {
        const parts = splitByGroup(items, defaultFractions, seed);
        expect([...parts.keys()].sort()).to.deep.equal(items.map(({ file }) => file).sort());
        const partOf = new Map<string, string | undefined>();
        for (const { file, group } of items) {
          if (partOf.has(group)) expect(parts.get(file)).to.equal(partOf.get(group));
          partOf.set(group, parts.get(file));
        }
      }),
    );
  });

  it('gives the same split for the same seed, whatever the order of the files', () => {
    fc.assert(
      fc.property(faces, fc.integer(), (items, seed) => {
        const one = splitByGroup(items, defaultFractions, seed);
        const two = splitByGroup([...items].reverse(), defaultFractions, seed);
        expect([...two].sort()).to.deep.equal([...one].sort());
      }),
    );
  });

  it('keeps the shares of every class, the rare one too', () => {
    const items = Array.from({ length: 1000 }, (_, i): Groupable => ({
      file: `${i}.jpg`,
      label: i % 20 === 0 ? 'incorrect' : i % 2 === 0 ? 'mask' : 'no_mask',
      group: `g${Math.floor(i / 3)}`,
    }));
    const parts = splitByGroup(items, defaultFractions, 3);
    const rare = items.filter(({ label }) => label === 'incorrect');
    const share = (part: string): number =>
      rare.filter(({ file }) => parts.get(file) === part).length / rare.length;
    expect(share('train')).to.be.closeTo(0.7, 0.05);
    expect(share('validation')).to.be.closeTo(0.2, 0.05);
    expect(share('test')).to.be.closeTo(0.1, 0.05);
  });

  it('refuses fractions that do not sum to 1', () => {
    expect(() => splitByGroup([], { train: 0.7, validation: 0.7, test: 0.1 }, 1)).to.throw(
      RangeError,
      'not 1',
    );
  });
});

describe('a split file', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-split-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('comes back as it was written', async () => {
    const parts = new Map([
      ['b.jpg', 'train'],
      ['a.jpg', 'test'],
    ] as const);
    const path = join(folder, 'deep', 'split.json');
    await writeSplit(path, { seed: 5, fractions: defaultFractions, parts });
    const read = await readSplit(path);
    expect(read?.seed).to.equal(5);
    expect([...(read?.parts ?? [])].sort()).to.deep.equal([...parts].sort());
  });

  it('is null where there is none, and refused where it is something else', async () => {
    expect(await readSplit(join(folder, 'none.json'))).to.equal(null);
    await writeFile(join(folder, 'bad.json'), '{"parts": 3}');
    let message = '';
    await readSplit(join(folder, 'bad.json')).catch((error: unknown) => (message = String(error)));
    expect(message).to.contain('parts');
  });
});
