import type { Benchmark } from './benchmark.js';
import type { CameraRunFigures } from './product/camera-run.js';
import { runCameras } from './product/camera-run.js';
import { loopTarget, roleCell } from './product/camera-table.js';
import { spreadOf } from './measure/spread.js';
import { atMost } from './report/target.js';

const kind = { width: 640, height: 360, fps: 15 };
const repeats = 3;

/** How long a frame of one of four cameras takes to become an event. */
export const latency: Benchmark = {
  name: 'latency',
  limitSeconds: 240,
  title: 'Four real RTSP cameras of 640x360 at 15 fps: from a frame to its event.',
  async run({ quick, progress }) {
    const done: CameraRunFigures[] = [];
    for (let repeat = 1; repeat <= (quick ? 1 : repeats); repeat++) {
      progress(`run ${repeat} of ${quick ? 1 : repeats}`);
      done.push(
        await runCameras({ kind, cameras: 4, settleSeconds: quick ? 2 : 5, measureSeconds: quick ? 4 : 20 }),
      );
    }
    const p50 = spreadOf(done.map(({ latencyMs }) => latencyMs.p50));
    const p95 = spreadOf(done.map(({ latencyMs }) => latencyMs.p95));
    const worstLoop = done.reduce((a, b) => (b.loopDelayMs.p99 > a.loopDelayMs.p99 ? b : a));
    return {
      figures: { eventP50Ms: p50, eventP95Ms: p95, runs: done },
      table: {
        head: ['run', 'fps a camera', 'event p50', 'p95', 'p99', 'client p50', 'p95', 'loop p99', 'analysis'],
        rows: done.map((run, index) => [
          String(index + 1),
          String(run.fpsPerCamera.median),
          String(run.latencyMs.p50),
          String(run.latencyMs.p95),
          String(run.latencyMs.p99),
          String(run.cameraToClientMs.p50),
          String(run.cameraToClientMs.p95),
          String(run.loopDelayMs.p99),
          roleCell(run, 'analysis'),
        ]),
      },
      notes: [
        `event: milliseconds from the first packet of a frame at the server to the sending of its event; p50 ${p50.min} to ${p50.max}, p95 ${p95.min} to ${p95.max} over the runs.`,
        "client: from the camera's sending of the picture to the arrival of the event at a client.",
      ],
      targets: [
        atMost('event-p50', 80, p50.median, 'ms'),
        atMost('event-p95', 150, p95.median, 'ms'),
        loopTarget(worstLoop),
      ],
    };
  },
};
