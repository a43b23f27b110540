import type { Classification } from '../../../models/mask-classifier.js';
import type { LoadModels } from '../../../server/analysis/process/models.js';

/** Where the stub detector sees a face in every frame, as parts of its width and height. */
export const stubFace = { x: 0.4, y: 0.25, width: 0.2, height: 0.5 };

const masked: Classification = {
  label: 'mask',
  probabilities: { mask: 0.9, no_mask: 0.05, incorrect: 0.05 },
  reject: 0,
};

/**
 * Models that compute nothing: one masked face in the middle of every frame. The detector's name says how they misbehave:
 * `stub`, `stub-busy-300` (holds the thread for 300 ms a batch), `stub-slow-start-1500`, `stub-crash-start`, `stub-crash-5` and
 * `stub-spin-5` (dies, or never returns, at the 5th frame), `stub-throw-5` (throws at every 5th frame).
 */
export const loadStubModels: LoadModels = (settings) => {
  const [, how = '', amount = '0'] = /^stub-?(.*?)-?(\d*)$/.exec(settings.detector) ?? [];
  const limit = Number(amount);
  if (how === 'crash-start') throw new Error('stub crashes at its start');
  if (how === 'slow-start') hold(limit);
  let frames = -1;
  return Promise.resolve({
    facts: { backend: 'wasm', oneDnn: false, threads: 1, detector: settings.detector, classifier: 'stub' },
    detector: {
      name: settings.detector,
      detect: (images) => {
        frames += images.length;
        if (how === 'busy') hold(limit);
        if (how === 'crash' && frames >= limit) process.kill(process.pid, 'SIGKILL');
        if (how === 'spin' && frames >= limit) hold(Infinity);
        if (how === 'throw' && frames > 0 && frames % limit === 0)
          throw new Error('stub cannot see this frame');
        return Promise.resolve(
          images.map(({ width, height }) => [
            {
              box: {
                x: stubFace.x * width,
                y: stubFace.y * height,
                width: stubFace.width * width,
                height: stubFace.height * height,
              },
              score: 0.9,
            },
          ]),
        );
      },
      close: () => undefined,
    },
    classifier: {
      name: 'stub',
      classify: (crops) => Promise.resolve(crops.map(() => masked)),
      close: () => undefined,
    },
    tensors: () => 0,
  });
};

function hold(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
