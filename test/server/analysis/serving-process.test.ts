import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createAnalysisPool } from '../../../server/analysis/analysis-pool.js';
import type { EngineFacts, Track } from '../../../server/analysis/messages.js';
import { processorUse } from '../../../server/analysis/pool/processor-use.js';
import { faceScene } from '../../helpers/face-scene.js';
import { pictureSize } from './face-units.js';
import { rememberingLog, until } from './pool-fixture.js';

interface Line {
  readonly pid: number;
  readonly rtpTimestamp: number;
  readonly engine: EngineFacts;
  readonly tracks: readonly Track[];
}

const maps = (pid: number): string => readFileSync(`/proc/${pid}/maps`, 'utf8');
const isGone = (pid: number): boolean => ['Z', undefined].includes(processorUse(pid)?.state);

/** Processes whose parent is the one given. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return new RegExp(`\\) \\S ${parent} `).test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      } catch {
        // It ended while this list was made.
        return false;
      }
    });
}

describe('a serving process with the models of the product', function () {
  this.timeout(120_000);
  let server: ChildProcess;
  const lines: Line[] = [];

  before(() => {
    const fixture = fileURLToPath(new URL('./serving-process.ts', import.meta.url));
    server = spawn(process.execPath, ['--import', 'tsx', fixture], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (server.stdout === null) throw new Error('no standard output');
    createInterface({ input: server.stdout }).on('line', (line) => lines.push(JSON.parse(line) as Line));
  });

  after(() => {
    server.kill('SIGKILL');
  });

  it('hears of the people of the clip, where they are in the picture', async () => {
    await until(() => lines.length >= 8);
    const scene = await faceScene(pictureSize.width, pictureSize.height, 3);
    const last = lines.at(-1);
    const truth = scene
      .people(((last?.rtpTimestamp ?? 0) / 90_000) % 2)
      .map(({ box }) => box.x + box.width / 2);
    const found = (last?.tracks ?? []).map(({ box }) => box.x + box.width / 2).sort((a, b) => a - b);
    expect(found).to.have.length(3);
    found.forEach((x, n) => expect(x).to.be.closeTo(truth[n] ?? NaN, 25));
    const ids = new Set(
      lines.flatMap(({ tracks }) => tracks.filter(({ confirmed }) => confirmed).map((t) => t.trackId)),
    );
    expect(ids.size).to.equal(3);
  });

  it('never loads TensorFlow, which its analysis process has', () => {
    const line = lines[0];
    expect(maps(line?.pid ?? 0)).to.contain(line?.engine.backend === 'tensorflow' ? 'libtensorflow' : 'node');
    expect(maps(server.pid ?? 0)).to.not.match(/tensorflow|tfjs/);
  });

  it('leaves neither analysis process nor ffmpeg behind when it is killed', async () => {
    const analysis = lines[0]?.pid ?? 0;
    // Its ffmpeg, and in the sources also the compiler of tsx.
    const decoders = childrenOf(analysis);
    expect(decoders).to.not.have.length(0);
    server.kill('SIGKILL');
    await until(() => [analysis, ...decoders].every(isGone));
  });
});

describe('an analysis process of the product', function () {
  this.timeout(60_000);

  it('says what is missing when its weights are', async () => {
    const log = rememberingLog();
    const pool = createAnalysisPool({
      settings: { detector: 'face-api-tiny', classifier: 'no-such-weights', frameSide: 320, threads: 1 },
      processes: 1,
      log,
      env: process.env,
      limits: { restarts: 0 },
    });
    try {
      await until(() => pool.health()[0]?.state === 'degraded');
      expect(JSON.stringify(log.lines)).to.contain('no-such-weights');
    } finally {
      await pool.close();
    }
  });
});
