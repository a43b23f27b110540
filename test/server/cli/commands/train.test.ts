import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ProgramResult } from '../../../models/helpers/run-module.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';
import { writeToyFaces } from '../../../models/lab/toy-faces.js';

const main = new URL('../../../../server/cli/main.ts', import.meta.url).pathname;

describe('maskwatch train', function () {
  this.timeout(180_000);
  const folder = temporaryFolder();
  let data = '';

  before(async () => {
    data = await writeToyFaces(8);
  });

  /** @param onText told of what the command says, as it says it */
  async function train(
    out: string,
    more: readonly string[] = [],
    onText: (text: string, child: ChildProcess) => void = () => undefined,
  ): Promise<ProgramResult> {
    const places = ['--data', data, '--cache', join(folder, 'cache'), '--out', join(folder, out)];
    const amount = ['--size', '24', '--batch', '8', '--steps', '60', '--epochs', '8'];
    const child = fork(
      main,
      ['train', ...places, ...amount, '--split', join(folder, 'split.json'), ...more],
      {
        execArgv: ['--import', 'tsx'],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      onText(text, child);
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code: code ?? -1, stdout, stderr };
  }

  it('keeps a checkpoint at Ctrl-C and says how to go on; what goes on ends where an uninterrupted run does', async () => {
    let interrupted = false;
    const stopped = await train('stopped', [], (text, child) => {
      if (interrupted || !text.includes('epoch 2')) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    expect(stopped.code, stopped.stderr).to.equal(1);
    expect(stopped.stdout).to.equal('');
    expect(stopped.stderr).to.contain('Stopping after this step; Ctrl-C again ends at once.');
    expect(stopped.stderr).to.contain(`Go on with --resume; the checkpoint is in ${join(folder, 'stopped')}`);
    expect(stopped.stderr).not.to.contain('epoch 8/8');
    expect(existsSync(join(folder, 'stopped', 'checkpoint.bin'))).to.equal(true);
    expect(existsSync(join(folder, 'stopped', 'weights'))).to.equal(false);

    const resumed = await train('stopped', ['--resume']);
    expect(resumed.code, resumed.stderr).to.equal(0);
    expect(resumed.stderr).to.contain('epoch 8/8').and.not.to.contain('epoch 1/8');
    const straight = await train('straight');
    expect(straight.code, straight.stderr).to.equal(0);
    expect(straight.stdout).to.match(/^# cnn-2conv\n/);
    const [one, other] = await Promise.all(
      ['stopped', 'straight'].map((out) => readFile(join(folder, out, 'weights', 'weights.bin'))),
    );
    expect(one?.equals(other ?? Buffer.alloc(0))).to.equal(true);
  });

  it('ends at once at a second Ctrl-C', async () => {
    let sent = 0;
    const { code, stderr } = await train('twice', [], (text, child) => {
      if (sent === 0 && text.includes('epoch')) sent += Number(child.kill('SIGINT'));
      else if (sent === 1 && text.includes('Ctrl-C again')) sent += Number(child.kill('SIGINT'));
    });
    expect(sent).to.equal(2);
    // Ended by the signal, or, where it came a moment too late, stopped with its checkpoint.
    expect(code).to.be.oneOf([-1, 1]);
    expect(stderr).not.to.contain('epoch 8/8');
  });
});
