import type { BenchContext, Benchmark, Findings, ResultTable } from './benchmark.js';
import { rounded } from './measure/spread.js';
import type { CameraKind } from './product/camera-farm.js';
import { type CameraRunFigures, runCameras } from './product/camera-run.js';
import { roleCell } from './product/camera-table.js';
import { atLeast, atMost } from './report/target.js';

/** Up to how many cameras of a kind are tried, and how many there should be room for. */
interface Climb {
  readonly name: string;
  readonly kind: CameraKind;
  readonly counts: readonly number[];
  readonly target: number;
}

const climbs: readonly Climb[] = [
  {
    name: '640x360-15',
    kind: { width: 640, height: 360, fps: 15 },
    counts: [8, 16, 20, 24, 32],
    target: 24,
  },
  {
    name: '1280x720-25',
    kind: { width: 1280, height: 720, fps: 25 },
    counts: [6, 8, 10, 14],
    target: 10,
  },
];
const slowestP95Ms = 250;
const leastFps = 5;

/** How many cameras this machine watches, and what each costs. */
export const cameras: Benchmark = {
  name: 'cameras',
  title: `Real RTSP cameras, their number rising until the way from camera to client takes more than ${slowestP95Ms} ms (p95) or a camera has under ${leastFps} fps.`,
  limitSeconds: 360,
  async run(context) {
    const done: CameraRunFigures[][] = [];
    for (const climb of climbs) done.push(await climbUp(climb, context));
    return findings(done);
  },
};

/** Runs more and more cameras; the last run is the first that was too much, where there is one. */
async function climbUp(
  { kind, counts }: Climb,
  { quick, progress }: BenchContext,
): Promise<CameraRunFigures[]> {
  const done: CameraRunFigures[] = [];
  for (const count of quick ? counts.slice(0, 2) : counts) {
    progress(`${count} cameras of ${kind.width}x${kind.height} at ${kind.fps} fps`);
    const run = await runCameras({
      kind,
      cameras: count,
      settleSeconds: quick ? 2 : 3,
      measureSeconds: quick ? 4 : 10,
    });
    done.push(run);
    if (!keptUp(run)) break;
  }
  return done;
}

function keptUp({ cameraToClientMs, fpsPerCamera }: CameraRunFigures): boolean {
  return cameraToClientMs.p95 <= slowestP95Ms && fpsPerCamera.min >= leastFps;
}

function findings(done: readonly CameraRunFigures[][]): Findings {
  const runs = done.flat();
  const reached = done.map((climb) => climb.findLast(keptUp)?.cameras ?? 0);
  const largest = (role: 'serving' | 'analysis'): number =>
    Math.max(...runs.map(({ processes }) => processes[role]?.largestMB ?? 0));
  const unfair = runs.reduce((a, b) => (b.fairness < a.fairness ? b : a));
  return {
    figures: { camerasReached: reached, runs },
    table: tableOf(runs),
    notes: [
      'fps: analysed frames a second of a camera, median and least over the cameras; each camera asks for 10. Jain: fairness of these rates, 1 where all are the same.',
      "client: milliseconds from the camera's sending of a picture to the arrival of its event at a client, p50/p95/p99, and the least and greatest p95 of the event over the quarters of the measurement.",
      'event: milliseconds from the first packet of a frame at the server to the sending of its event, p50/p95.',
      'cores: processor seconds a second, by kind of process; MB: resident memory of the largest process of the kind, and in brackets what of it is its own: the rest are pages of files, most of them of the TensorFlow library, which all processes share.',
      'not analysed: access units a second, beyond the rate asked for, replaced by a newer one, for other reasons.',
      'The cameras run on the same machine: cores of the benchmark are what they and the client took away.',
    ],
    targets: [
      ...climbs.map(({ name, target }, index) =>
        atLeast(`cameras-${name}`, target, reached[index] ?? 0, 'cameras'),
      ),
      atLeast('fairness', 0.95, unfair.fairness, `(Jain, the least of all runs: ${unfair.cameras} cameras)`),
      atMost('memory-serving', 250, largest('serving'), 'MB'),
      atMost('memory-analysis', 450, largest('analysis'), 'MB for each process'),
      {
        id: 'accounts-balance',
        target: 'received = processed + dropped + lost + waiting, every camera',
        reached: runs.filter(({ balanced }) => balanced).length,
        pass: runs.every(({ balanced }) => balanced),
      },
    ],
  };
}

function tableOf(runs: readonly CameraRunFigures[]): ResultTable {
  return {
    head: [
      ...['cameras', 'fps', 'Jain', 'client p50/p95/p99', 'event p50/p95', 'p95 spread', 'loop p99'],
      ...['serving', 'analysis', 'decode', 'ingest', 'benchmark', 'not analysed'],
    ],
    rows: runs.map((run) => [
      `${run.cameras} x ${run.kind.width}x${run.kind.height}@${run.kind.fps}${keptUp(run) ? '' : ' (too many)'}`,
      `${run.fpsPerCamera.median} (${run.fpsPerCamera.min})`,
      String(run.fairness),
      `${run.cameraToClientMs.p50}/${run.cameraToClientMs.p95}/${run.cameraToClientMs.p99}`,
      `${run.latencyMs.p50}/${run.latencyMs.p95}`,
      `${run.latencyP95Ms.min}..${run.latencyP95Ms.max}`,
      String(run.loopDelayMs.p99),
      roleCell(run, 'serving'),
      roleCell(run, 'analysis'),
      roleCell(run, 'decode'),
      roleCell(run, 'ingest'),
      `${run.benchCores} cores`,
      dropCell(run),
    ]),
  };
}

function dropCell({ dropsPerSecond: { rate, stale, ...others } }: CameraRunFigures): string {
  const other = Object.values(others).reduce((sum, value) => sum + value, 0);
  return `${rate} rate, ${stale} newer, ${rounded(other)} other`;
}
