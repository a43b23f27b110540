import { loadEngine } from '../../../models/engine/load-engine.js';
import { timeNetwork } from '../../../models/lab/study/time-network.js';
import { trainCommand } from '../commands/train.js';
import type { RowMeasurements } from './run-row.js';

/**
 * A process that runs one row of a study: `train <options>`, `--weights <dir>` among them. A process a row, because
 * TensorFlow reads its settings once a process and never gives memory back. Sends what only it can measure.
 */
// A study that was killed must not leave its rows behind.
const orphaned = (): void => process.exit(1);
process.once('disconnect', orphaned);

const [, ...options] = process.argv.slice(2);
const command = trainCommand();
await command.parseAsync(options, { from: 'user' });
if ((process.exitCode ?? 0) === 0) {
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  const { weights, threads, oneDnn } = command.opts<{ weights: string; threads: number; oneDnn: boolean }>();
  const engine = await loadEngine({ threads, oneDnn });
  const faceMs = await timeNetwork(engine, weights, () => performance.now());
  process.send?.({ peakMegabytes, faceMs, engine: engine.facts } satisfies RowMeasurements);
}
process.off('disconnect', orphaned);
process.disconnect();
