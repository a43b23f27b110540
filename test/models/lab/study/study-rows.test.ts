import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { StudyError, readStudy } from '../../../../models/lab/study/study-file.js';
import type { Study } from '../../../../models/lab/study/study-file.js';
import { studyRows } from '../../../../models/lab/study/study-rows.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const folder = temporaryFolder();

async function study(yaml: string): Promise<Study> {
  const path = join(folder, 'a.yaml');
  await writeFile(path, yaml);
  return readStudy(path);
}

async function complaint(yaml: string, inputs: Record<string, string> = {}): Promise<string> {
  try {
    studyRows(await study(yaml), inputs);
  } catch (error) {
    if (error instanceof StudyError) return error.message;
    throw error;
  }
  throw new Error('It was taken');
}

describe('A study file', () => {
  it('gives every combination of its grid, the last varying fastest, over what the rows share', async () => {
    const rows = studyRows(
      await study('title: t\nshared: {epochs: 3}\ngrid: {arch: [a, b], rate: [0.1, 0.2]}\n'),
      {},
    );
    expect(rows.map(({ settings }) => settings)).to.deep.equal([
      { epochs: 3, arch: 'a', rate: 0.1 },
      { epochs: 3, arch: 'a', rate: 0.2 },
      { epochs: 3, arch: 'b', rate: 0.1 },
      { epochs: 3, arch: 'b', rate: 0.2 },
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).to.equal(4);
  });

  it('combines explicit rows with the grid; a row goes before what is shared', async () => {
    const rows = studyRows(
      await study(
        'title: t\nshared: {size: 64}\nrows: [{arch: a}, {arch: b, size: 96}]\ngrid: {seed: [1, 2]}',
      ),
      {},
    );
    expect(rows.map(({ settings }) => settings)).to.deep.equal([
      { size: 64, arch: 'a', seed: 1 },
      { size: 64, arch: 'a', seed: 2 },
      { size: 96, arch: 'b', seed: 1 },
      { size: 96, arch: 'b', seed: 2 },
    ]);
  });

  it('takes what others published from a row, which is no setting of it', async () => {
    const text = (published: string): string =>
      `title: t\nrows: [{arch: a${published}}, {arch: b}]\ngrid: {rate: [0.1, 0.2]}`;
    const rows = studyRows(await study(text(', published: 93 %')), {});
    const plain = studyRows(await study(text('')), {});
    expect(rows.map(({ published }) => published)).to.deep.equal(['93 %', '93 %', undefined, undefined]);
    const bare = rows.map(({ key, varied, settings }) => ({ key, varied, settings }));
    expect(bare).to.deep.equal(plain);
  });

  it('puts inputs in, and keeps the key of a row when a folder only moves', async () => {
    const one = await study(
      'title: t\ninputs: {data: faces}\nshared: {data: "${data}", without: ["x-${data}"]}\n',
    );
    const [here] = studyRows(one, { data: '/a/faces' });
    const [there] = studyRows(one, { data: '/b/c/faces' });
    const [other] = studyRows(one, { data: '/a/others' });
    expect(here?.settings).to.deep.equal({ data: '/a/faces', without: ['x-/a/faces'] });
    expect(there?.key).to.equal(here?.key);
    expect(other?.key).not.to.equal(here?.key);
  });

  it('is refused with what is wrong', async () => {
    expect(await complaint('title: t\ninputs: {data: labelled faces}')).to.contain(
      '--set data=PATH (labelled faces)',
    );
    expect(await complaint('title: t', { data: 'x' })).to.contain('no input data');
    expect(await complaint('title: t\nshared: {data: "${data}"}')).to.contain('${data} is no input');
    expect(await complaint('title: t\ngrid: {seed: [1, 1]}')).to.contain('same settings');
    expect(await complaint('title: t\ngird: {seed: [1]}')).to.contain('gird');
    expect(await complaint('title: t\ngrid: {seed: []}')).to.contain('grid');
    expect(await complaint('title: [')).to.contain('a.yaml');
    const many = Array.from({ length: 23 }, (_, i) => i).join(', ');
    expect(await complaint(`title: t\ngrid: {seed: [${many}], epochs: [${many}]}`)).to.contain('529 rows');
    const missing = await readStudy(join(folder, 'none.yaml')).catch((error: unknown) => String(error));
    expect(missing).to.contain('cannot be read');
  });
});
