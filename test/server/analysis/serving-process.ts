import { createAnalysisPool } from '../../../server/analysis/analysis-pool.js';
import { faceUnits, pictureFps } from './face-units.js';
import { LoopingSource } from './looping-source.js';
import { rememberingLog } from './pool-fixture.js';

// Stands for the serving process: a pool with the product's own processes and one camera. Each result is a line on standard output.
const pool = createAnalysisPool({
  settings: { detector: 'maskwatch-h', classifier: 'cnn-2conv', frameSide: 640, threads: 1 },
  processes: 1,
  log: rememberingLog(),
  env: process.env,
});
pool.onTracks(({ rtpTimestamp, tracks }) => {
  const line = { pid: pool.health()[0]?.pid, rtpTimestamp, engine: pool.engine(), tracks };
  process.stdout.write(`${JSON.stringify(line)}\n`);
});
const source = new LoopingSource('door', await faceUnits(), pictureFps);
pool.open({ cameraId: 'door', fps: 5, cutsPossible: false }, source);
source.start();
