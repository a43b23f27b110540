import { loadClassifier } from '../../models/classify/weights-classifier.js';
import { createLayeredDetector } from '../../models/detect/face-api/layered-detector.js';
import type { RgbImage } from '../../models/image.js';
import { loadEngine } from '../../models/engine/load-engine.js';
import { shippedWeights } from '../../models/shipped-weights.js';
import { analyseBatch } from '../../server/analysis/process/analyse-batch.js';
import { loadModels } from '../../server/analysis/process/load-models.js';
import { configSchema } from '../../server/config/schema.js';
import { monotonicMs } from '../../streams/clock.js';
import { faceScene } from '../../test/helpers/face-scene.js';

/** How one pipeline did in one round. */
export interface PipelineTime {
  readonly msPerFrame: number;
  readonly facesPerFrame: number;
}

/** One round: the pipelines one after the other on the same frames. */
export interface NaiveRound {
  readonly naive: PipelineTime;
  /** The product's models, one frame at a time. */
  readonly single: PipelineTime;
  /** The product's models, `batch` frames at a time. */
  readonly ours: PipelineTime;
}

/** Finds and labels the faces of frames; tells how many there were. */
type Pipeline = (frames: readonly RgbImage[]) => Promise<number>;

const batch = 8;
const naiveFrames = 8;
const ourFrames = 64;

async function naivePipeline(): Promise<Pipeline> {
  const { tf, facts } = await loadEngine({ threads: 1, backend: 'tensorflow' });
  // Without a compiler of graphs, layers run one by one.
  const eager = { tf, facts };
  const detector = await createLayeredDetector(eager, 'face-api-ssd', 0.3);
  const classifier = await loadClassifier(eager, shippedWeights('cnn-2conv'));
  return async (frames) => {
    let faces = 0;
    for (const image of frames) {
      const [found = []] = await detector.detect([image]);
      for (const { box } of found) await classifier.classify([{ image, box }]);
      faces += found.length;
    }
    return faces;
  };
}

async function ourPipeline(): Promise<(size: number) => Pipeline> {
  const { detector, classifier, frameSide } = configSchema.parse({}).analysis;
  const models = await loadModels({ detector, classifier, frameSide, threads: 1 }, () => undefined);
  return (size) => async (frames) => {
    let count = 0;
    for (let from = 0; from < frames.length; from += size) {
      const part = frames.slice(from, from + size);
      const { faces } = await analyseBatch(part, models.detector, models.classifier);
      count += faces.reduce((sum, list) => sum + list.length, 0);
    }
    return count;
  };
}

async function time(pipeline: Pipeline, frames: readonly RgbImage[]): Promise<PipelineTime> {
  const startMs = monotonicMs();
  const faces = await pipeline(frames);
  return {
    msPerFrame: (monotonicMs() - startMs) / frames.length,
    facesPerFrame: faces / frames.length,
  };
}

/** Runs the rounds and tells each; the first pass of every pipeline is not counted. */
async function main(rounds: number): Promise<void> {
  const scene = await faceScene(640, 360, 3);
  const frames = Array.from({ length: ourFrames }, (_, n) => ({
    width: scene.width,
    height: scene.height,
    data: scene.frame(n / 5),
  }));
  const naive = await naivePipeline();
  const ours = await ourPipeline();
  await naive(frames.slice(0, 2));
  for (const size of [1, batch]) await ours(size)(frames.slice(0, 2 * batch));
  for (let round = 0; round < rounds; round++) {
    const result: NaiveRound = {
      naive: await time(naive, frames.slice(0, naiveFrames)),
      single: await time(ours(1), frames),
      ours: await time(ours(batch), frames),
    };
    process.send?.(result);
  }
}

await main(Number(process.argv[2]));
