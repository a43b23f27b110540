import { basename } from 'node:path';
import type { Classification, MaskClassifier } from '../../../models/mask-classifier.js';
import type { LoadModels } from '../../../server/analysis/process/models.js';

/** Where the stub detector sees a face in every frame, as parts of its width and height. */
export const stubFace = { x: 0.4, y: 0.25, width: 0.2, height: 0.5 };

const masked: Classification = {
  label: 'mask',
  probabilities: { mask: 0.9, no_mask: 0.05, incorrect: 0.05 },
  reject: 0,
};
const bare: Classification = {
  label: 'no_mask',
  probabilities: { mask: 0.05, no_mask: 0.9, incorrect: 0.05 },
  reject: 0,
};

/**
 * Models that compute nothing: one masked face in the middle of every frame. The detector's name says how they misbehave:
 * `stub`, `stub-busy-300` (holds the thread for 300 ms a batch), `stub-slow-start-1500`, `stub-crash-start`, `stub-crash-5` and
 * `stub-spin-5` (dies, or never returns, at the 5th frame), `stub-throw-5` (throws at every 5th frame).
 *
 * Classifiers loaded later say `no_mask`; `stub-refuse` (or, in one process
 * alone, `stub-refuse-PID`) cannot be loaded, and `stub-crash` kills the process.
 */
export const loadStubModels: LoadModels = (settings) => {
  const [, how = '', amount = '0'] = /^stub-?(.*?)-?(\d*)$/.exec(settings.detector) ?? [];
  const limit = Number(amount);
  if (how === 'crash-start') throw new Error('stub crashes at its start');
  if (how === 'slow-start') hold(limit);
  let frames = -1;
  return Promise.resolve({
    facts: {
      backend: 'wasm',
      oneDnn: false,
      threads: 1,
      detector: settings.detector,
      classifier: basename(settings.classifier),
    },
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
    classifier: stubClassifier('stub', masked),
    loadClassifier: (folder) => {
      const name = basename(folder);
      if (name === 'stub-crash') process.kill(process.pid, 'SIGKILL');
      if (name === 'stub-refuse' || name === `stub-refuse-${process.pid}`)
        return Promise.reject(new Error(`${folder}/weights.bin is damaged`));
      return Promise.resolve(stubClassifier(name, bare));
    },
    tensors: () => 0,
  });
};

function stubClassifier(name: string, answer: Classification): MaskClassifier {
  let closed = false;
  return {
    name,
    classify: (crops) =>
      closed
        ? Promise.reject(new Error(`${name} is closed`))
        : new Promise((resolve) => setImmediate(() => resolve(crops.map(() => answer)))),
    close: () => {
      closed = true;
    },
  };
}

function hold(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
