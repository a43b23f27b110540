import { expect } from 'chai';
import sharp from 'sharp';
import type { AnalysisPool } from '../../../server/analysis/pool-contract.js';
import { monotonicMs } from '../../../streams/clock.js';
import { faceUnits, pictureFps } from './face-units.js';
import { LoopingSource } from './looping-source.js';
import { stubPool, tracksThat } from './pool-fixture.js';

describe('a picture out of an analysis process', function () {
  this.timeout(120_000);
  let pool: AnalysisPool;
  let source: LoopingSource;

  const reasonOf = (picture: Promise<unknown>): Promise<string> =>
    picture.then(
      () => 'none',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

  before(async () => {
    const units = await faceUnits();
    pool = stubPool('stub');
    await pool.ready;
    source = new LoopingSource('door', units, pictureFps);
    pool.open({ cameraId: 'door', fps: 15, cutsPossible: false }, source);
    source.start();
    await tracksThat(pool);
  });
  after(async () => {
    source.stop();
    await pool.close();
  });

  /** Waits for a frame that came after the process was told, which therefore knew of it. @returns when it was told */
  async function keepFrames(): Promise<number> {
    const askedMs = monotonicMs();
    pool.keepFrames(true);
    await tracksThat(pool, ({ capturedAtMs }) => capturedAtMs > askedMs);
    return askedMs;
  }

  it('is made only while frames are kept, of the newest analysed one', async () => {
    expect(await reasonOf(pool.picture('door', false))).to.equal('no frame of this camera is kept');
    const askedMs = await keepFrames();
    const { jpeg, width, height, capturedAtMs } = await pool.picture('door', false);
    expect([width, height]).to.deep.equal([320, 180]);
    expect(await sharp(jpeg).metadata()).to.include({ format: 'jpeg', width, height });
    expect(capturedAtMs).to.be.at.least(askedMs);
    expect(await reasonOf(pool.picture('hall', false))).to.equal('camera hall is not analysed');
  });

  it('is refused while the detector goes on finding faces in it', async () => {
    await keepFrames();
    expect(await reasonOf(pool.picture('door', true))).to.contain('faces could still be made out');
  });

  it('is given up when the process dies, and its successor keeps frames too', async () => {
    pool.keepFrames(true);
    const [{ pid } = { pid: 0 }] = pool.health();
    process.kill(pid, 'SIGSTOP');
    const asked = reasonOf(pool.picture('door', false));
    process.kill(pid, 'SIGKILL');
    expect(await asked).to.contain('the analysis process ended');
    const { capturedAtMs: first } = await tracksThat(pool);
    await tracksThat(pool, ({ capturedAtMs }) => capturedAtMs > first);
    expect((await pool.picture('door', false)).width).to.equal(320);
  });
});
