import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { TracksMessage } from '../../../server/analysis/messages.js';
import type { AnalysisPool } from '../../../server/analysis/pool-contract.js';
import type { AccessUnit } from '../../../streams/access-unit.js';
import { faceUnits, pictureFps, pictureSize } from './face-units.js';
import { LoopingSource } from './looping-source.js';
import { expectBalanced, rememberingLog, stubPool, tracksThat, until } from './pool-fixture.js';
import { stubFace } from './stub-models.js';

describe('the analysis pool', function () {
  this.timeout(60_000);
  let units: AccessUnit[];
  const pools: AnalysisPool[] = [];
  const sources: LoopingSource[] = [];

  before(async () => {
    units = await faceUnits();
  });

  afterEach(async () => {
    for (const source of sources.splice(0)) source.stop();
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });

  function poolOf(...options: Parameters<typeof stubPool>): AnalysisPool {
    const pool = stubPool(...options);
    pools.push(pool);
    return pool;
  }

  /** Opens a camera on a pool that is ready, so that every unit of it is counted. */
  async function camera(pool: AnalysisPool, cameraId: string, fps = 5): Promise<LoopingSource> {
    await pool.ready;
    const source = new LoopingSource(cameraId, units, pictureFps);
    sources.push(source);
    pool.open({ cameraId, fps, cutsPossible: false }, source);
    source.start();
    return source;
  }

  const pidOf = (pool: AnalysisPool): number => pool.health()[0]?.pid ?? 0;

  /** Stops the source and waits until nothing is under way: then every unit must have been counted. */
  async function expectSettled(pool: AnalysisPool, source: LoopingSource): Promise<void> {
    source.stop();
    await until(() => pool.account(source.cameraId).waiting === 0);
    const account = pool.account(source.cameraId);
    expectBalanced(account);
    expect(account.received).to.equal(source.emitted);
  }

  it('tells of each analysed frame once, in pixels of the picture, with a person who gets confirmed and decided', async () => {
    const pool = poolOf('stub');
    const heard: TracksMessage[] = [];
    pool.onTracks((message) => heard.push(message));
    const source = await camera(pool, 'door');
    const decided = await tracksThat(pool, ({ tracks }) => tracks[0]?.label === 'mask');
    await expectSettled(pool, source);

    expect(decided).to.include({ cameraId: 'door', ...pictureSize });
    expect(decided.tracks[0]?.confirmed).to.equal(true);
    expect(decided.tracks[0]?.box.x).to.be.closeTo(stubFace.x * pictureSize.width, 3);
    expect(decided.tracks[0]?.box.height).to.be.closeTo(stubFace.height * pictureSize.height, 3);
    expect(new Set(heard.flatMap(({ tracks }) => tracks.map(({ trackId }) => trackId))).size).to.equal(1);
    expect(new Set(heard.map(({ rtpTimestamp }) => rtpTimestamp)).size).to.equal(heard.length);
    expect(pool.account('door').processed).to.equal(heard.length);
    expect(pool.account('door').dropped.rate).to.be.greaterThan(0);
  });

  it('replaces a killed process, goes on with its cameras, and analyses no frame twice', async () => {
    const pool = poolOf('stub');
    const interrupted: string[] = [];
    const heard: TracksMessage[] = [];
    pool.onInterrupted((cameraId) => interrupted.push(cameraId));
    pool.onTracks((message) => heard.push(message));
    const source = await camera(pool, 'door', 30);
    const first = await tracksThat(pool);
    const pid = pidOf(pool);
    process.kill(pid, 'SIGKILL');
    const second = await tracksThat(pool, ({ generation }) => generation > first.generation);
    expectBalanced(pool.account('door'));
    await expectSettled(pool, source);

    expect(interrupted).to.deep.equal(['door']);
    expect(second.tracks[0]?.trackId).to.not.equal(first.tracks[0]?.trackId);
    expect(pool.health()[0]).to.include({ state: 'ready', restarts: 1 });
    expect(pidOf(pool)).to.not.equal(pid);
    const times = heard.map(({ rtpTimestamp }) => rtpTimestamp);
    expect(times).to.deep.equal([...new Set(times)].sort((a, b) => a - b));
    expect(pool.account('door').processed).to.equal(heard.length);
  });

  it('replaces a stopped process', async () => {
    const pool = poolOf('stub', { limits: { pingEveryMs: 200 } });
    const source = await camera(pool, 'door');
    const first = await tracksThat(pool);
    process.kill(pidOf(pool), 'SIGSTOP');
    await tracksThat(pool, ({ generation }) => generation > first.generation);
    await expectSettled(pool, source);
    expect(pool.health()[0]?.restarts).to.equal(1);
  });

  it('replaces a process that computes without end', async () => {
    const log = rememberingLog();
    const pool = poolOf('stub-spin-5', { log, limits: { pingEveryMs: 100 } });
    const source = await camera(pool, 'door');
    const first = await tracksThat(pool);
    await tracksThat(pool, ({ generation }) => generation > first.generation);
    source.stop();
    expectBalanced(pool.account('door'));
    expect(JSON.stringify(log.lines)).to.contain('hung');
  });

  it('leaves a process alone that is only slow, at its start and at its work', async () => {
    const pool = poolOf('stub-busy-900', { limits: { pingEveryMs: 100, missedPingsBusy: 100 } });
    await camera(pool, 'door');
    for (let n = 0; n < 4; n++) await tracksThat(pool);
    expect(pool.health()[0]?.restarts).to.equal(0);
    const slow = poolOf('stub-slow-start-2500', { limits: { pingEveryMs: 100 } });
    await slow.ready;
    expect(slow.health()[0]?.restarts).to.equal(0);
  });

  it('calls a process degraded that dies again and again, tries on, and says why', async () => {
    const log = rememberingLog();
    const pool = poolOf('stub-crash-start', { log, limits: { restarts: 2, degradedRetryMs: 300 } });
    await until(() => pool.health()[0]?.state === 'degraded');
    expect(pool.health()[0]?.restarts).to.equal(2);
    await until(() => pool.health()[0]?.restarts === 3);
    expect(JSON.stringify(log.lines)).to.contain('stub crashes at its start');
  });

  it('keeps its books through a process that dies at every eighth frame', async () => {
    const pool = poolOf('stub-crash-8', { limits: { restarts: 100 } });
    const source = await camera(pool, 'door', 15);
    await until(() => {
      expectBalanced(pool.account('door'));
      return (pool.health()[0]?.restarts ?? 0) >= 2;
    });
    source.stop();
    expectBalanced(pool.account('door'));
    expect(pool.account('door').received).to.equal(source.emitted);
    expect(pool.account('door').lost).to.be.greaterThan(0);
  });

  it('counts a frame that the models fail on as lost and goes on in the same process', async () => {
    const log = rememberingLog();
    const pool = poolOf('stub-throw-5', { log });
    const source = await camera(pool, 'door', 15);
    await until(() => pool.account('door').processed > 12);
    await expectSettled(pool, source);
    expect(pool.account('door').lost).to.be.greaterThan(0);
    expect(pool.health()[0]?.restarts).to.equal(0);
    expect(JSON.stringify(log.lines)).to.contain('stub cannot see this frame');
  });

  it('survives access units that hold garbage', async () => {
    const pool = poolOf('stub');
    const source = await camera(pool, 'door', 15);
    await tracksThat(pool);
    let spoilt = 0;
    source.spoil = (unit) => {
      spoilt++;
      if (spoilt > 20) source.spoil = undefined;
      const data = Buffer.from(
        unit.data.map((byte, n) => (n > 4 ? (byte * 31 + n * 7 + spoilt) & 0xff : byte)),
      );
      return { ...unit, data };
    };
    await until(() => source.spoil === undefined);
    const { processed } = pool.account('door');
    await until(() => pool.account('door').processed > processed + 5);
    await expectSettled(pool, source);
    expect(pool.health()[0]?.restarts).to.equal(0);
  });

  it('drops units for a process that does not read, up to the next keyframe, and goes on with it later', async () => {
    const pool = poolOf('stub', {
      limits: { missedPingsIdle: 1e6, missedPingsBusy: 1e6, pendingBytes: 50_000 },
    });
    const source = await camera(pool, 'door');
    await tracksThat(pool);
    const pid = pidOf(pool);
    process.kill(pid, 'SIGSTOP');
    source.stop();
    for (let n = 0; n < 2000; n++) source.step();
    const full = pool.account('door');
    expectBalanced(full);
    expect(full.dropped['decoder-full']).to.be.greaterThan(1000);
    expect(source.keyframesAsked).to.be.greaterThan(0);
    process.kill(pid, 'SIGCONT');
    source.start();
    await until(() => pool.account('door').processed > full.processed + 5);
    await expectSettled(pool, source);
    expect(pidOf(pool)).to.equal(pid);
  });

  it('hands on the whole group of pictures of a camera that is live already, however little may wait', async () => {
    const pool = poolOf('stub', { limits: { pendingMessages: 3 } });
    await pool.ready;
    const source = new LoopingSource('door', units, pictureFps);
    for (let n = 0; n < 15; n++) source.step();
    pool.open({ cameraId: 'door', fps: 5, cutsPossible: false }, source);
    await tracksThat(pool);
    await until(() => pool.account('door').waiting === 0);
    const account = pool.account('door');
    expectBalanced(account);
    expect(account.received).to.equal(15);
    expect(account.dropped['decoder-full']).to.equal(0);
  });

  it('spreads cameras by the frames they ask for', async () => {
    const pool = poolOf('stub', { processes: 2 });
    for (const [id, fps] of Object.entries({ a: 10, b: 4, c: 8, d: 1, e: 2 })) await camera(pool, id, fps);
    expect(pool.health().map(({ cameras }) => cameras)).to.deep.equal([
      ['a', 'd', 'e'],
      ['b', 'c'],
    ]);
  });

  it('forgets a closed camera, and goes on with the books of one that is opened anew', async () => {
    const pool = poolOf('stub');
    const source = await camera(pool, 'door');
    const first = await tracksThat(pool);
    const interrupted: string[] = [];
    pool.onInterrupted((cameraId) => interrupted.push(cameraId));
    pool.open({ cameraId: 'door', fps: 10, cutsPossible: false }, source);
    expect(interrupted).to.deep.equal(['door']);
    await tracksThat(pool, ({ generation }) => generation > first.generation);
    expect(pool.account('door').received).to.equal(source.emitted);
    expectBalanced(pool.account('door'));

    pool.closeCamera('door');
    expect(interrupted).to.deep.equal(['door']);
    expect(source.listeners).to.equal(0);
    expect(pool.account('door').received).to.equal(0);
    expect(pool.health()[0]?.cameras).to.deep.equal([]);
  });

  it('hands no secrets to its processes', async () => {
    const pool = poolOf('stub');
    await pool.ready;
    const environment = readFileSync(`/proc/${pidOf(pool)}/environ`, 'utf8');
    expect(environment).to.contain('PATH=');
    expect(environment).to.not.contain('hunter2');
  });

  it('tells what runs the models when a process is ready, and nothing before', async () => {
    const pool = poolOf('stub');
    expect(pool.engine()).to.equal(undefined);
    expect(pool.health()[0]?.state).to.equal('starting');
    await pool.ready;
    expect(pool.engine()).to.include({ detector: 'stub', classifier: 'stub' });
    await until(() => (pool.health()[0]?.rssBytes ?? 0) > 0);
  });

  it('rejects `ready` when it is closed before, and closes twice without harm', async () => {
    const pool = poolOf('stub');
    const outcome = pool.ready.then(
      () => 'ready',
      () => 'closed',
    );
    await pool.close();
    await pool.close();
    expect(await outcome).to.equal('closed');
  });

  it('refuses to run without a process', () => {
    expect(() => stubPool('stub', { processes: 0 })).to.throw(RangeError);
  });
});
