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

  /** Runs mocha over a file of tests, with the reporter. */
  async function runMocha(tests: string): Promise<{ counts: unknown; exitCode: unknown; errors: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'maskwatch-test-'));
    try {
      await writeFile(join(folder, 'a.cjs'), tests);
      const ended = await run(
        process.execPath,
        [
          join(packageRoot(), 'node_modules/mocha/bin/mocha.js'),
          ...['--no-config', '--reporter', join(packageRoot(), 'scripts/test/counting-reporter.cjs')],
          ...['--reporter-option', 'counts=counts.json,grace=200', 'a.cjs'],
        ],
        { cwd: folder },
      ).then(
        ({ stderr }) => ({ code: 0, stderr }),
        (error: unknown) => error as { code: unknown; stderr: string },
      );
      const counts: unknown = JSON.parse(await readFile(join(folder, 'counts.json'), 'utf8'));
      return { counts, exitCode: ended.code, errors: ended.stderr };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  it('come from mocha itself', async () => {
    const { counts, exitCode } = await runMocha(
      `it('passes', () => {}); it('fails', () => { throw new Error('x'); }); it.skip('is skipped', () => {});
       describe('d', () => { before(() => { throw new Error('hook'); }); it('never runs', () => {}); });`,
    );
    expect(counts).to.deep.equal({ passed: 1, failed: 2, skipped: 1 });
    expect(exitCode).to.equal(2);
  });

  it('come also when a test leaves a server behind, which counts as a failure', async () => {
    const { counts, errors } = await runMocha(
      `it('passes', () => { require('node:net').createServer().listen(0); });`,
    );
    expect(counts).to.deep.equal({ passed: 1, failed: 1, skipped: 0 });
    expect(errors).to.contain('TCPServerWrap');
  });
});
