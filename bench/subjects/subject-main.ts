import type { RgbImage } from '../../models/image.js';
import { monotonicMs } from '../../streams/clock.js';
import { faceScene } from '../../test/helpers/face-scene.js';
import type { Subject, SubjectSettings } from './subject.js';

/** Ask for so many milliseconds of work. */
export interface WorkOrder {
  readonly ms: number;
}

/** How much was done. */
export interface WorkDone {
  readonly frames: number;
  readonly faces: number;
  readonly ms: number;
}

const framesInMemory = 32;

async function load({
  kind,
  threads,
  peers = '',
  inputSide,
  rounded = false,
}: SubjectSettings): Promise<Subject> {
  switch (kind) {
    case 'naive':
      return (await import('./naive.js')).naiveSubject(threads, rounded);
    case 'product':
      return (await import('./product.js')).productSubject(threads, inputSide);
    case 'detector':
      return (await import('./product.js')).detectorSubject(threads);
    case 'aizoo':
      return (await import('./aizoo.js')).aizooSubject(threads, peers, rounded);
    case 'yunet':
      return (await import('./yunet.js')).yunetSubject(threads, peers);
  }
}

/** The process of one subject: loads it, warms it up, says what it is, and then works when it is told to. */
async function main(settings: SubjectSettings): Promise<void> {
  const scene = await faceScene(640, 360, 3);
  const frames = Array.from({ length: framesInMemory }, (_, n): RgbImage => ({
    width: scene.width,
    height: scene.height,
    data: scene.frame(n / 5),
  }));
  const subject = await load(settings);
  let next = 0;
  const step = async (): Promise<number> => {
    const batch = Array.from({ length: settings.batch }, (_, n) => frames[(next + n) % frames.length]);
    next += settings.batch;
    return subject.run(batch.filter((image) => image !== undefined));
  };
  for (let n = 0; n < 3; n++) await step();
  process.on('message', ({ ms }: WorkOrder) => {
    const work = async (): Promise<void> => {
      const startMs = monotonicMs();
      const done = { frames: 0, faces: 0, ms: 0 };
      while (done.ms < ms) {
        done.faces += await step();
        done.frames += settings.batch;
        done.ms = monotonicMs() - startMs;
      }
      process.send?.(done);
    };
    void work();
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.(subject.about);
}

await main(JSON.parse(process.argv[2] ?? '{}') as SubjectSettings);
