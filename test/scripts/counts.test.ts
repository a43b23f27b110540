import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { packageRoot } from '../../server/package-root.js';
import { scriptModule } from './script-module.js';

const run = promisify(execFile);

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly complaint?: string;
}

interface CountsModule {
  judgeRun: (counts: Counts | undefined, exitCode: number | null, mayBeEmpty: boolean) => Counts;
  addCounts: (list: readonly Counts[]) => Counts;
}

describe('the counts of a test run', function () {
  this.timeout(30_000);
  const none = { passed: 0, failed: 0, skipped: 0 };

  it('are a failure when mocha crashed, ran nothing, or its exit code does not fit', async () => {
    const { judgeRun } = await scriptModule<CountsModule>('test/counts.mjs');
    expect(judgeRun(undefined, null, false).failed).to.equal(1);
    expect(judgeRun(none, 0, false).failed).to.equal(1);
    expect(judgeRun({ ...none, passed: 3 }, 7, false).failed).to.equal(1);
    expect(judgeRun({ ...none, passed: 3 }, 0, false)).to.deep.equal({ ...none, passed: 3 });
    expect(judgeRun({ ...none, passed: 3, failed: 2 }, 2, false).failed).to.equal(2);
  });

  it('may be empty when a filter chose the tests', async () => {
    const { judgeRun } = await scriptModule<CountsModule>('test/counts.mjs');
    expect(judgeRun(none, 0, true).failed).to.equal(0);
  });

  it('add up', async () => {
    const { addCounts } = await scriptModule<CountsModule>('test/counts.mjs');
    expect(
      addCounts([
        { passed: 1, failed: 2, skipped: 3 },
        { passed: 4, failed: 5, skipped: 6 },
      ]),
    ).to.deep.equal({
      passed: 5,
      failed: 7,
      skipped: 9,
    });
  });

  it('come from mocha itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maskwatch-test-'));
    try {
      const file = join(folder, 'a.cjs');
      await writeFile(
        file,
        `it('passes', () => {}); it('fails', () => { throw new Error('x'); }); it.skip('is skipped', () => {});
         describe('d', () => { before(() => { throw new Error('hook'); }); it('never runs', () => {}); });`,
      );
      const counts = join(folder, 'counts.json');
      await run(
        process.execPath,
        [
          join(packageRoot(), 'node_modules/mocha/bin/mocha.js'),
          ...['--no-config', '--reporter', join(packageRoot(), 'scripts/test/counting-reporter.cjs')],
          ...['--reporter-option', `counts=${counts}`, file],
        ],
        { cwd: folder },
      ).catch(() => undefined); // Two of them fail on purpose.
      expect(JSON.parse(await readFile(counts, 'utf8'))).to.deep.equal({ passed: 1, failed: 2, skipped: 1 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
