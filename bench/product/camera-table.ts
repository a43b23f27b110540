import type { Role } from '../measure/process-family.js';
import type { Target } from '../report/target.js';
import { atMost } from '../report/target.js';
import type { CameraRunFigures } from './camera-run.js';

/** Processor and memory of one kind of process, as a cell of a table. */
export function roleCell({ processes }: CameraRunFigures, role: Role): string {
  const use = processes[role];
  return use === undefined ? '' : `${use.cores} cores, ${use.largestMB} (${use.ownMB}) MB`;
}

/** The serving process must stay free for people while cameras are analysed. */
export function loopTarget({ loopDelayMs, cameras }: CameraRunFigures): Target {
  return atMost(`event-loop-p99-${cameras}-cameras`, 20, loopDelayMs.p99, 'ms');
}
