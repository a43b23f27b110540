import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { runStudy } from '../../../../models/lab/study/run-study.js';
import type { StudyHooks, StudyOutcome } from '../../../../models/lab/study/run-study.js';
import { readResults, resultsPath, writeResults } from '../../../../models/lab/study/study-results.js';
import type { RowFigures } from '../../../../models/lab/study/study-results.js';
import type { Study } from '../../../../models/lab/study/study-file.js';
import { studyRows } from '../../../../models/lab/study/study-rows.js';
import { studyPage } from '../../../../models/lab/study/study-table.js';
import { median } from '../../../../models/lab/study/time-network.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const study: Study = {
  title: 'Rates',
  about: 'Which rate?',
  inputs: {},
  shared: { epochs: 2 },
  grid: { rate: [0.1, 0.2, 0.3] },
  rows: [{}],
};
const rows = studyRows(study, {});

function figures(testAccuracy: number): RowFigures {
  return {
    faces: { train: 70, validation: 20, test: 10 },
    inputSize: 64,
    parameters: 822_467,
    epochs: 2,
    validationAccuracy: 0.75,
    testAccuracy,
    testMacroRecall: null,
    epochSeconds: 3.25,
    faceMs: 0.125,
    peakMegabytes: 301.4,
    machine: 'a processor, 1 thread',
    load: 1.2,
    at: '2026-01-01T00:00:00.000Z',
  };
}

const folder = temporaryFolder();
const path = resultsPath(join(folder, 'rates.yaml'));

/** Runs rows by a stand-in, and tells which ran. */
async function run(
  each: (rate: unknown) => RowFigures | null,
  signal = new AbortController().signal,
): Promise<StudyOutcome & { ran: unknown[] }> {
  const ran: unknown[] = [];
  const hooks: StudyHooks = {
    run: ({ settings }) => {
      ran.push(settings.rate);
      return Promise.resolve(each(settings.rate));
    },
    save: (results) => writeResults(path, results),
    say: () => undefined,
  };
  return { ...(await runStudy(rows, await readResults(path), hooks, signal)), ran };
}

describe('runStudy', () => {
  it('keeps finished rows when it is stopped, and goes on with the others', async () => {
    const first = await run((rate) => (rate === 0.2 ? null : figures(0.5)));
    expect([first.ran, first.stopped]).to.deep.equal([[0.1, 0.2], true]);
    const second = await run(() => figures(0.6));
    expect([second.ran, second.stopped]).to.deep.equal([[0.2, 0.3], false]);
    expect(Object.values(second.results).map(({ testAccuracy }) => testAccuracy)).to.deep.equal([
      0.5, 0.6, 0.6,
    ]);
    expect((await run(() => figures(0.7))).ran).to.deep.equal([]);
  });

  it('starts no row once it is told to stop', async () => {
    await writeResults(path, {});
    const { ran, stopped } = await run(() => figures(1), AbortSignal.abort());
    expect([ran, stopped]).to.deep.equal([[], true]);
  });

  it('passes over a row that fails, and tries it again next time', async () => {
    await writeResults(path, {});
    const first = await run((rate) => {
      if (rate === 0.2) throw new Error('no memory');
      return figures(0.5);
    });
    expect([first.ran, first.stopped]).to.deep.equal([[0.1, 0.2, 0.3], false]);
    expect([...first.failed.values()]).to.deep.equal(['no memory']);
    expect((await run(() => figures(0.5))).ran).to.deep.equal([0.2]);
  });

  it('forgets rows that the study no longer has', async () => {
    await writeResults(path, { gone: figures(1) });
    const { results } = await run(() => figures(0.5));
    expect(Object.keys(results)).to.have.members(rows.map(({ key }) => key));
  });

  it('refuses damaged results by name', async () => {
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, -9));
    const message = await readResults(path).catch((error: unknown) => String(error));
    expect(message).to.contain('rates.results.json is damaged');
  });
});

describe('A study page', () => {
  it('shows one line a row, what is missing, and the command that makes it', () => {
    const [first, second] = rows;
    const page = studyPage({
      study,
      rows,
      results: { [first?.key ?? '']: figures(0.5) },
      failed: new Map([[second?.key ?? '', 'no memory']]),
      command: 'maskwatch study rates.yaml',
    });
    const lines = page.split('\n');
    expect(lines.slice(0, 3)).to.deep.equal(['# Rates', '', 'Which rate?']);
    expect(page).to.contain(
      '| 0.1 | 64 px | 822,467 | 2 | 75.0 % | 50.0 % | - | 3.3 | 0.125 | 301 |\n| 0.2 | failed: no memory |',
    );
    expect(page).to.contain('| 0.3 | not run yet |');
    expect(page).to.contain(
      '* 1 of 3 rows done.\n* 70 faces to train on, 20 to validate, 10 to test; split by',
    );
    expect(page).to.contain('```\nmaskwatch study rates.yaml\n```');
    expect(page).not.to.contain('busy');
    const widths = lines.filter((line) => line.startsWith('|')).map((line) => line.split('|').length);
    expect(new Set(widths).size).to.equal(1);
  });

  it('shows what others published beside its row, and no setting twice', () => {
    const [first, ...others] = rows.map((row, i) => ({ ...row, varied: { ...row.varied, epochs: i + 1 } }));
    if (!first) throw new Error('no rows');
    const page = studyPage({
      study,
      rows: [{ ...first, published: '93 %' }, ...others],
      results: { [first.key]: figures(0.5) },
      failed: new Map(),
      command: 'c',
    });
    expect(page).to.match(
      /^\| rate \| epochs \| input \| parameters \| validation .* \| published elsewhere \|$/m,
    );
    expect(page).to.match(/^\| 0\.1 \| 1 \| .* \| 93 % \|$/m);
    expect(page).to.match(/^\| 0\.2 \| 2 \| not run yet \|.* \| {2}\|$/m);
  });

  it('warns of times taken on a busy machine', () => {
    const [{ key } = { key: '' }] = rows;
    const page = studyPage({
      study,
      rows,
      results: { [key]: { ...figures(0.5), load: 7.6 } },
      failed: new Map(),
      command: 'c',
    });
    expect(page).to.contain('kept the machine busy (up to 8 processes a core)');
  });
});

describe('median', () => {
  it('is the middle, or the mean of the two in the middle', () => {
    expect([[], [3], [5, 1, 3], [4, 1, 3, 2]].map(median)).to.deep.equal([0, 3, 3, 2.5]);
  });
});
