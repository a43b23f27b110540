import type { Benchmark, ResultTable } from './benchmark.js';
import type { CameraRunFigures } from './product/camera-run.js';
import { runCameras } from './product/camera-run.js';
import { loopTarget, roleCell } from './product/camera-table.js';
import { rounded } from './measure/spread.js';

const small = { width: 640, height: 360, fps: 15 };
const large = { width: 1280, height: 720, fps: 25 };

const runs = [
  { kind: small, counts: [1, 4, 8, 16] },
  { kind: large, counts: [1, 4, 8] },
] as const;

/** How many cameras this machine watches, and what each costs. */
export const cameras: Benchmark = {
  name: 'cameras',
  limitSeconds: 300,
  title: 'Real RTSP cameras, their number rising: rate, latency, processor, memory, drops.',
  async run({ quick, progress }) {
    const done: CameraRunFigures[] = [];
    for (const { kind, counts } of runs) {
      for (const count of quick ? counts.slice(0, 2) : counts) {
        progress(`${count} cameras of ${kind.width}x${kind.height} at ${kind.fps} fps`);
        done.push(
          await runCameras({
            kind,
            cameras: count,
            settleSeconds: quick ? 2 : 5,
            measureSeconds: quick ? 4 : 16,
          }),
        );
      }
    }
    const four = done.find(({ kind, cameras: count }) => kind === small && count === 4);
    return {
      figures: { runs: done },
      table: tableOf(done),
      notes: [
        'fps: analysed frames a second of a camera, median and least over the cameras; each camera asks for 10.',
        'event: milliseconds from the first packet of a frame at the server to the sending of its event.',
        "client: milliseconds from the camera's sending of a picture to the arrival of its event at a client, p50/p95.",
        'cores: processor seconds a second, by kind of process; RSS: resident megabytes of the largest process of the kind.',
        'dropped: access units a second that were not analysed: beyond the rate asked for, replaced by a newer one, other reasons.',
        'The cameras run on the same machine: cores of the benchmark are what they and the client took away.',
      ],
      targets: [
        ...(four === undefined ? [] : [loopTarget(four)]),
        {
          id: 'accounts-balance',
          target: 'received = processed + dropped + lost + waiting, every camera',
          reached: done.filter(({ balanced }) => balanced).length,
          pass: done.every(({ balanced }) => balanced),
        },
      ],
    };
  },
};

function tableOf(done: readonly CameraRunFigures[]): ResultTable {
  return {
    head: [
      ...['cameras', 'fps', 'event p50/p95/p99', 'p95 spread', 'client p50/p95', 'loop p99'],
      ...['serving', 'analysis', 'decode', 'ingest', 'benchmark', 'dropped'],
    ],
    rows: done.map((run) => [
      `${run.cameras} x ${run.kind.width}x${run.kind.height}@${run.kind.fps}`,
      `${run.fpsPerCamera.median} (${run.fpsPerCamera.min})`,
      `${run.latencyMs.p50}/${run.latencyMs.p95}/${run.latencyMs.p99}`,
      `${run.latencyP95Ms.min}..${run.latencyP95Ms.max}`,
      `${run.cameraToClientMs.p50}/${run.cameraToClientMs.p95}`,
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
