import type { Benchmark, Findings } from './benchmark.js';
import { type GlassFigures, measureGlassToGlass } from './glass/glass-to-glass.js';
import { type CameraRunFigures, runCameras } from './product/camera-run.js';
import { roleCell } from './product/camera-table.js';
import { percentileOf } from './measure/spread.js';
import { atLeast, atMost } from './report/target.js';

const kind = { width: 640, height: 360, fps: 15 };
const cameraCount = 4;

/** How long a picture takes to become an event, and to become a picture with boxes on another screen. */
export const latency: Benchmark = {
  name: 'latency',
  title:
    'From the sending of a picture by one of four RTSP cameras (640x360 at 15 fps) to its event at a client; and from a webcam page to a viewer page in Chromium.',
  limitSeconds: 300,
  async run({ quick, progress }) {
    const runs: CameraRunFigures[] = [];
    const repeats = quick ? 1 : 2;
    for (let repeat = 1; repeat <= repeats; repeat++) {
      progress(`four cameras, run ${repeat} of ${repeats}`);
      runs.push(
        await runCameras({
          kind,
          cameras: cameraCount,
          settleSeconds: quick ? 2 : 4,
          measureSeconds: quick ? 4 : 12,
        }),
      );
    }
    const glass = await measureGlassToGlass({
      turns: quick ? 1 : 3,
      secondsPerTurn: quick ? 4 : 8,
      progress,
    });
    return findings(runs, glass);
  },
};

function findings(runs: readonly CameraRunFigures[], glass: readonly GlassFigures[]): Findings {
  const median = (of: (run: CameraRunFigures) => number): number => percentileOf(runs.map(of), 0.5);
  const [exact, low] = glass;
  if (exact === undefined || low === undefined) throw new RangeError('nothing was measured');
  return {
    figures: { cameras: runs, glassToGlass: glass },
    table: {
      head: ['what', 'p50', 'p95', 'p99', 'more'],
      rows: [
        ...runs.map((run, index) => [
          `camera to client, run ${index + 1}`,
          ...[run.cameraToClientMs.p50, run.cameraToClientMs.p95, run.cameraToClientMs.p99].map(String),
          `in the server p50 ${run.latencyMs.p50}, p95 ${run.latencyMs.p95}; ${run.fpsPerCamera.median} fps a camera; loop p99 ${run.loopDelayMs.p99}; analysis ${roleCell(run, 'analysis')}`,
        ]),
        ...glass.flatMap(({ mode, glassToGlassMs: ms, trailingMs, ...counts }) => [
          [
            `glass to glass, ${mode}`,
            ...[ms.p50, ms.p95, ms.p99].map(String),
            `${counts.pictures} pictures, ${counts.read} with a time; ${(100 * counts.ownBoxes).toFixed(1)} % of ${counts.analysed} analysed frames shown with their own boxes`,
          ],
          [
            `boxes trail, ${mode}`,
            ...[trailingMs.p50, trailingMs.p95, trailingMs.p99].map(String),
            'behind the picture that they are drawn on',
          ],
        ]),
      ],
    },
    notes: [
      "Milliseconds. camera to client: from the camera's sending of a picture to the arrival of its event at a client; in the server: from the arrival of its first packet to the sending of the event.",
      'glass to glass: from the painting of a picture in the page that sends its webcam (640x480, 20 fps, VP8) to the moment when the browser expects the viewer to see it, told by a barcode in the picture. exact: as the dashboard begins, held back so that the boxes are there. low-latency: the switch on the video. They take turns.',
      'A frame is shown with its own boxes when the page put that very picture on screen and drew the boxes of that very frame.',
    ],
    targets: [
      atMost(
        'camera-to-client-p50',
        80,
        median((run) => run.cameraToClientMs.p50),
        'ms',
      ),
      atMost(
        'camera-to-client-p95',
        150,
        median((run) => run.cameraToClientMs.p95),
        'ms',
      ),
      atMost('glass-to-glass-p50', 300, exact.glassToGlassMs.p50, 'ms'),
      atMost('glass-to-glass-p95', 400, exact.glassToGlassMs.p95, 'ms'),
      atLeast('own-boxes', 0.99, exact.ownBoxes, 'of analysed frames'),
      atMost('low-latency-glass-to-glass-p50', 100, low.glassToGlassMs.p50, 'ms'),
      atMost('low-latency-trailing-p95', 150, low.trailingMs.p95, 'ms'),
    ],
  };
}
