import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadEngine } from '../../../models/engine/load-engine.js';
import { quantizeWeights } from '../../../models/lab/quantize/quantize-weights.js';
import { shippedWeights } from '../../../models/shipped-weights.js';
import { createAnalysisPool } from '../../../server/analysis/analysis-pool.js';
import { ClassifierChangeError } from '../../../server/analysis/classifier-change-error.js';
import type { TracksMessage } from '../../../server/analysis/messages.js';
import type { AnalysisPool } from '../../../server/analysis/pool-contract.js';
import type { AccessUnit } from '../../../streams/access-unit.js';
import { temporaryFolder } from '../../models/helpers/temporary-folder.js';
import { writeColourWeights } from '../../models/helpers/weights-fixture.js';
import { faceUnits, pictureFps } from './face-units.js';
import { LoopingSource } from './looping-source.js';
import { expectBalanced, rememberingLog, stubPool, tracksThat, until } from './pool-fixture.js';

/** One process with models of the product. */
function realPool(): AnalysisPool {
  return createAnalysisPool({
    settings: { detector: 'face-api-tiny', classifier: 'cnn-2conv', frameSide: 320, threads: 1 },
    processes: 1,
    log: rememberingLog(),
    env: process.env,
  });
}

describe('a change of the classifier', function () {
  this.timeout(120_000);
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

  function own(pool: AnalysisPool): AnalysisPool {
    pools.push(pool);
    return pool;
  }

  async function camera(pool: AnalysisPool, cameraId: string, fps = 15): Promise<LoopingSource> {
    await pool.ready;
    const source = new LoopingSource(cameraId, units, pictureFps);
    sources.push(source);
    pool.open({ cameraId, fps, cutsPossible: false }, source);
    source.start();
    return source;
  }

  const running = (pool: AnalysisPool): unknown[] => pool.health().map(({ classifier }) => classifier);

  async function refusalOf(change: Promise<void>): Promise<ClassifierChangeError> {
    const error: unknown = await change.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof ClassifierChangeError)) throw new Error(`not refused: ${String(error)}`);
    return error;
  }

  /** Stops the sources; then every unit must be counted, and none lost. */
  async function expectNoneLost(pool: AnalysisPool): Promise<void> {
    for (const source of sources) source.stop();
    for (const { cameraId, emitted } of sources) {
      await until(() => pool.account(cameraId).waiting === 0);
      const account = pool.account(cameraId);
      expectBalanced(account);
      expect(account.received).to.equal(emitted);
      expect(account.lost).to.equal(0);
    }
  }

  it('takes effect in every process, back and forth, while frames flow, and none is lost', async () => {
    const pool = own(stubPool('stub', { processes: 2 }));
    const heard: TracksMessage[] = [];
    pool.onTracks((message) => heard.push(message));
    await camera(pool, 'a');
    await camera(pool, 'b');
    await tracksThat(pool, ({ tracks }) => tracks[0]?.label === 'mask');
    expect(running(pool)).to.deep.equal(['stub', 'stub']);
    for (let n = 0; n < 6; n++) {
      await pool.useClassifier(`/weights/stub-${n}`);
      expect(running(pool)).to.deep.equal([`stub-${n}`, `stub-${n}`]);
      await tracksThat(pool);
    }
    for (const id of ['a', 'b']) {
      await tracksThat(pool, ({ cameraId, tracks }) => cameraId === id && tracks[0]?.label === 'no_mask');
    }
    await expectNoneLost(pool);
    expect(pool.health().map(({ restarts }) => restarts)).to.deep.equal([0, 0]);
    expect(pool.engine()?.classifier).to.equal('stub-5');
    for (const id of ['a', 'b']) {
      const ids = heard.filter(({ cameraId }) => cameraId === id).flatMap(({ tracks }) => tracks);
      expect(new Set(ids.map(({ trackId }) => trackId)).size).to.equal(1);
    }
  });

  it('is refused with the reason and changes nothing where a process cannot load it', async () => {
    const pool = own(stubPool('stub', { processes: 2 }));
    await camera(pool, 'a');
    const refusal = await refusalOf(pool.useClassifier('/weights/stub-refuse'));
    expect(refusal.code).to.equal('refused');
    expect(refusal.message).to.equal('/weights/stub-refuse/weights.bin is damaged');
    expect(running(pool)).to.deep.equal(['stub', 'stub']);
    await tracksThat(pool);
    await expectNoneLost(pool);
  });

  it('is taken back in the processes that could load it where one could not', async () => {
    const pool = own(stubPool('stub', { processes: 2 }));
    await pool.ready;
    await pool.useClassifier('/weights/stub-first');
    const second = pool.health()[1]?.pid ?? 0;
    const refusal = await refusalOf(pool.useClassifier(`/weights/stub-refuse-${second}`));
    expect(refusal.message).to.contain('is damaged');
    expect(running(pool)).to.deep.equal(['stub-first', 'stub-first']);
  });

  it('is refused where a process dies of it, and the next process starts with the one before', async () => {
    const pool = own(stubPool('stub'));
    await pool.ready;
    await pool.useClassifier('/weights/stub-first');
    const refusal = await refusalOf(pool.useClassifier('/weights/stub-crash'));
    expect(refusal.message).to.contain('SIGKILL');
    await until(() => pool.health()[0]?.state === 'ready');
    expect(pool.health()[0]?.restarts).to.equal(1);
    expect(running(pool)).to.deep.equal(['stub-first']);
  });

  it('waits for a process that is starting, and only one is made at a time', async () => {
    const pool = own(stubPool('stub-slow-start-500'));
    const change = pool.useClassifier('/weights/stub-late');
    expect((await refusalOf(pool.useClassifier('/weights/stub-too'))).code).to.equal('busy');
    await change;
    expect(running(pool)).to.deep.equal(['stub-late']);
  });

  it('outlives the process: the next one starts with it', async () => {
    const { tf } = await loadEngine({ threads: 1, backend: 'wasm', onFallback: () => undefined });
    const folder = await writeColourWeights(tf);
    const pool = own(realPool());
    await camera(pool, 'door', 5);
    await tracksThat(pool);
    await pool.useClassifier(folder);
    expect(running(pool)).to.deep.equal(['colours']);
    for (let n = 0; n < 3; n++) {
      await pool.useClassifier('cnn-2conv');
      await pool.useClassifier(folder);
    }
    expect(pool.account('door').lost).to.equal(0);

    writeFileSync(join(folder, 'weights.bin'), 'damaged');
    const refusal = await refusalOf(pool.useClassifier(folder));
    expect(refusal.message).to.contain(`${join(folder, 'weights.bin')} is damaged`);
    expect(running(pool)).to.deep.equal(['colours']);

    await pool.useClassifier('cnn-2conv');
    process.kill(pool.health()[0]?.pid ?? 0, 'SIGKILL');
    await until(() => pool.health()[0]?.restarts === 1 && pool.health()[0]?.state === 'ready');
    expect(running(pool)).to.deep.equal(['cnn-2conv']);
    rmSync(folder, { recursive: true });
  });

  it('goes to weights rounded to float16 or to int8 as to any others, and faces are told by them', async () => {
    const { tf } = await loadEngine({ threads: 1, backend: 'wasm', onFallback: () => undefined });
    const from = { source: shippedWeights('cnn-2conv'), parent: temporaryFolder(), at: new Date(0) };
    const rounded = [];
    for (const precision of ['float16', 'int8'] as const) {
      rounded.push(await quantizeWeights(tf, { ...from, precision, command: 'a test' }));
    }
    const pool = own(realPool());
    await camera(pool, 'door', 5);
    const told = ({ tracks }: TracksMessage) => tracks.find(({ label }) => label !== 'unknown');
    const before = told(await tracksThat(pool, (message) => told(message) !== undefined));
    if (before === undefined) throw new Error('nobody is told');
    const same = ({ tracks }: TracksMessage) => tracks.find(({ trackId }) => trackId === before.trackId);
    for (const { name, folder } of rounded) {
      await pool.useClassifier(folder);
      expect(running(pool)).to.deep.equal([name]);
      const after = same(await tracksThat(pool, (message) => (same(message)?.votes ?? 0) > before.votes));
      expect(after?.label).to.equal(before.label);
    }
    expect(pool.engine()?.classifier).to.equal('cnn-2conv-int8');
    await expectNoneLost(pool);
  });
});
