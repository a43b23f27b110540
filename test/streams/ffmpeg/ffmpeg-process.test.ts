import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeCommand } from '../../../streams/ffmpeg/decode-command.js';
import { FfmpegProcess } from '../../../streams/ffmpeg/ffmpeg-process.js';

/** A process that waits for input which never comes. */
const idle = decodeCommand(64, 64);

async function isAlive(pid: number): Promise<boolean> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return !/^State:\s+[ZX]/m.test(status);
  } catch {
    // No such process any more.
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (await isAlive(pid)) await delay(20);
}

async function untilStarted(run: FfmpegProcess): Promise<number> {
  for (;;) {
    if (run.pid !== undefined) return run.pid;
    await delay(10);
  }
}

describe('a run of ffmpeg', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-ffmpeg-'));
  });

  after(() => rm(folder, { recursive: true }));

  it('that is stopped before it has started does not start', async () => {
    const run = new FfmpegProcess(idle);
    await run.stop();
    expect((await run.exited).how).to.equal('stopped');
    if (run.pid !== undefined) expect(await isAlive(run.pid)).to.equal(false);
  });

  it('leads its own process group and is gone after stop', async () => {
    const run = new FfmpegProcess(idle);
    const pid = await untilStarted(run);
    await run.stop();
    await run.stop();
    expect(await isAlive(pid)).to.equal(false);
  });

  it('that ignores SIGTERM is killed with all it has started', async () => {
    const program = join(folder, 'stubborn');
    const pidFile = join(folder, 'grandchild');
    // fluent-ffmpeg asks for the encoders first; the stub answers nothing to that.
    await writeFile(
      program,
      `#!/bin/sh
case "$*" in *-encoders*|*-formats*) exit 0;; esac
exec setsid sh -c 'trap "" TERM; (trap "" TERM; sleep 600) & echo $! > ${pidFile}.new; mv ${pidFile}.new ${pidFile}; wait; wait'
`,
    );
    await chmod(program, 0o755);
    const run = new FfmpegProcess(idle, { program, killAfterMs: 300 });
    let grandchild = 0;
    while (grandchild === 0) {
      await delay(20);
      grandchild = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
    }
    expect(await isAlive(grandchild)).to.equal(true);
    await run.stop();
    await untilGone(grandchild);
    expect((await run.exited).how).to.equal('stopped');
  });

  it('tells what went wrong', async () => {
    const run = new FfmpegProcess({
      ...idle,
      inputOptions: ['-nostdin', '-f', 'ivf'],
      input: '/no/such/file',
    });
    const { how, tail } = await run.exited;
    expect(how).to.equal('failed');
    expect(tail.join('\n')).to.contain('No such file');
  });

  it('fails, and does not throw, when there is no ffmpeg', async () => {
    const run = new FfmpegProcess(idle, { program: '/no/such/ffmpeg' });
    expect((await run.exited).how).to.equal('failed');
  });

  it('dies with its parent, even when that is killed with kill -9', async () => {
    const script = join(import.meta.dirname, '..', '..', 'helpers', 'ffmpeg-parent.ts');
    const parent = spawn(process.execPath, ['--import', 'tsx', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pids = line.toString().trim().split(' ').map(Number);
    expect(pids.length).to.equal(2);
    for (const pid of pids) expect(await isAlive(pid)).to.equal(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await Promise.all(pids.map(untilGone));
  });
});
