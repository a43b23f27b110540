import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ProgramResult } from '../../../models/helpers/run-module.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';
import { writeToyFaces } from '../../../models/lab/toy-faces.js';

const main = new URL('../../../../server/cli/main.ts', import.meta.url).pathname;
const yaml = `title: Toys
inputs: { data: labelled faces, cache: folder of decoded faces }
shared: { data: "\${data}", cache: "\${cache}", size: 16, steps: 4, epochs: 2, batch: 4 }
grid: { classes: [3, 2] }
`;

describe('maskwatch study', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  const file = join(folder, 'toys.yaml');
  const page = join(folder, 'toys.md');
  let data = '';

  before(async () => {
    data = await writeToyFaces(8);
    await writeFile(file, yaml);
  });

  /** @param onLine told of what the command says, with a way to interrupt it */
  async function study(
    args: readonly string[] = [],
    onText: (text: string, interrupt: () => void) => void = () => undefined,
  ): Promise<ProgramResult> {
    const inputs = ['--set', `data=${data}`, '--set', `cache=${join(folder, 'cache')}`];
    const child = fork(main, ['study', file, ...inputs, '--out', join(folder, 'runs'), ...args], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      onText(text, () => child.kill('SIGINT'));
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? -1, stdout, stderr };
  }

  it('prints the command line of each row without running any', async () => {
    const { code, stdout, stderr } = await study(['--dry-run']);
    expect(code, stderr).to.equal(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).to.have.length(2);
    expect(lines[0]).to.match(/^maskwatch train --data=.* --size=16 --steps=4 .*--classes=3$/);
    expect(existsSync(page)).to.equal(false);
  });

  it('stops at Ctrl-C with its rows safe, goes on, and writes one table', async () => {
    let interrupted = false;
    const first = await study([], (text, interrupt) => {
      // The second row has begun to train.
      if (!text.includes('epoch') || interrupted || !existsSync(join(folder, 'toys.results.json'))) return;
      interrupted = true;
      interrupt();
    });
    expect(first.code, first.stderr).to.equal(1);
    expect(first.stderr).to.contain('Stopped; the same command goes on');
    expect(await readFile(page, 'utf8'))
      .to.contain('* 1 of 2 rows done.')
      .and.to.contain('not run yet');

    const second = await study();
    expect(second.code, second.stderr).to.equal(0);
    expect(second.stderr).to.contain('Row 2 of 2: classes 2');
    expect(second.stderr).not.to.contain('Row 1 of 2');
    const text = await readFile(page, 'utf8');
    expect(second.stdout).to.equal(text);
    expect(text).to.match(
      /^\| 3 \| 16 px \| [\d,]+ \| 2 \| [\d.]+ % \| [\d.]+ % \| [\d.]+ % \| [\d.]+ \| [\d.]+ \| \d+ \|$/m,
    );
    expect(text).to.contain('* 2 of 2 rows done.');
    expect(text).to.match(/maskwatch study .*toys\.yaml --set data=\S+ --set cache=cache\n/);
  });

  it('refuses a study with a slip in it before anything runs', async () => {
    await writeFile(file, yaml.replace('steps', 'stepps'));
    const { code, stderr } = await study();
    await writeFile(file, yaml);
    expect([code, stderr]).to.deep.equal([2, 'stepps: maskwatch train has no such option\n']);
  });
});
