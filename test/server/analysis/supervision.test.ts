import { spawn } from 'node:child_process';
import { expect } from 'chai';
import { defaultPoolLimits } from '../../../server/analysis/analysis-pool.js';
import { HangDetector } from '../../../server/analysis/pool/hang-detector.js';
import { BusyCheck, processorUse } from '../../../server/analysis/pool/processor-use.js';
import { RestartPolicy } from '../../../server/analysis/pool/restart-policy.js';
import { childEnvironment, processEntry, spawnCommand } from '../../../server/analysis/pool/spawn-command.js';
import { until } from './pool-fixture.js';

describe('RestartPolicy', () => {
  it('restarts at once five times in a minute, then every half minute until a minute was quiet enough', () => {
    const policy = new RestartPolicy(defaultPoolLimits);
    for (let n = 0; n < 5; n++) expect(policy.died(n * 1000)).to.deep.equal({ degraded: false, delayMs: 0 });
    expect(policy.died(5000)).to.deep.equal({ degraded: true, delayMs: 30_000 });
    expect(policy.died(35_000)).to.deep.equal({ degraded: true, delayMs: 30_000 });
    expect(policy.died(65_000)).to.deep.equal({ degraded: false, delayMs: 0 });
  });
});

describe('HangDetector', () => {
  const limits = { missedPingsIdle: 3, missedPingsBusy: 10 };
  const ticksUntilHung = (hang: HangDetector, busy: boolean): number => {
    for (let n = 1; n < 100; n++) if (hang.tick(() => busy)) return n;
    return Infinity;
  };

  it('needs three unanswered pings of an idle process and ten of a busy one', () => {
    expect(ticksUntilHung(new HangDetector(limits), false)).to.equal(4);
    expect(ticksUntilHung(new HangDetector(limits), true)).to.equal(11);
  });

  it('begins anew with every sign of life', () => {
    const hang = new HangDetector(limits);
    for (let n = 0; n < 100; n++) {
      expect(hang.tick(() => false)).to.equal(false);
      expect(hang.tick(() => false)).to.equal(false);
      hang.alive();
    }
  });

  it('forgives idle pings when the process computes again', () => {
    const hang = new HangDetector(limits);
    const busy = [false, false, false, true, false, false, false];
    expect(busy.map((value) => hang.tick(() => value))).to.deep.equal([
      ...new Array<boolean>(6).fill(false),
      true,
    ]);
  });
});

describe('BusyCheck', () => {
  it('tells a computing process from a stopped one, and knows nothing of one that is gone', async () => {
    const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    try {
      const check = new BusyCheck(pid);
      await until(() => (processorUse(pid)?.ticks ?? 0) > 5);
      expect(check.busy()).to.equal(true);
      child.kill('SIGSTOP');
      await until(() => processorUse(pid)?.state === 'T');
      expect(check.busy()).to.equal(false);
    } finally {
      child.kill('SIGKILL');
    }
    await until(() => processorUse(pid) === undefined);
  });
});

describe('how an analysis process is started', () => {
  it('is beside the code that asks, in the sources as in a build', () => {
    expect(processEntry('file:///a/server/analysis/analysis-pool.ts')).to.equal(
      '/a/server/analysis/process/main.ts',
    );
    expect(processEntry('file:///a/dist/server/analysis/analysis-pool.js')).to.equal(
      '/a/dist/server/analysis/process/main.js',
    );
  });

  it('goes through setpriv where there is one, hands options on, and leaves debuggers out', () => {
    const { program, args } = spawnCommand(
      '/a/main.js',
      ['--max-old-space-size=200', '--inspect=0'],
      '/usr/bin',
    );
    expect(program).to.equal('/usr/bin/setpriv');
    expect(args).to.deep.equal([
      '--pdeathsig',
      'KILL',
      '--',
      process.execPath,
      '--max-old-space-size=200',
      '--max-semi-space-size=1',
      '/a/main.js',
    ]);
    expect(spawnCommand('/a/main.js', [], '/nowhere')).to.deep.equal({
      program: process.execPath,
      args: ['--max-semi-space-size=1', '/a/main.js'],
    });
  });

  it('runs TypeScript through tsx, once', () => {
    const { args } = spawnCommand('/a/main.ts', [], '/nowhere');
    expect(args[0]).to.equal('--import');
    expect(args[1]).to.contain('tsx');
    expect(spawnCommand('/a/main.ts', ['--import=tsx'], '/nowhere').args).to.deep.equal([
      '--import=tsx',
      '--max-semi-space-size=1',
      '/a/main.ts',
    ]);
  });

  it('passes on where programs and caches are, and nothing else', () => {
    const env = childEnvironment({ PATH: '/x', HOME: '/h', MASKWATCH_TOKEN: 's', NODE_OPTIONS: '--inspect' });
    expect(env).to.deep.equal({ MALLOC_ARENA_MAX: '1', PATH: '/x', HOME: '/h' });
    expect(childEnvironment({}).PATH).to.contain('/usr/bin');
  });
});
