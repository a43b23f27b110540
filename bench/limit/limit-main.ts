import type { LayersModel } from '@tensorflow/tfjs';
import { readWeightsOf, readWeights } from '../../models/classify/read-weights.js';
import { loadClassifier } from '../../models/classify/weights-classifier.js';
import { createDetector } from '../../models/detect/create-detector.js';
import { detectorManifestSchema } from '../../models/detect/own/detector-manifest.js';
import { inputLayout } from '../../models/detect/own/input-layout.js';
import type { Engine } from '../../models/engine/engine.js';
import { loadEngine } from '../../models/engine/load-engine.js';
import { GraphBuilder } from '../../models/graph/graph-builder.js';
import { graphFromLayers } from '../../models/graph/graph-from-layers.js';
import { pixelInput } from '../../models/graph/pixels.js';
import { shippedWeights } from '../../models/shipped-weights.js';
import { configSchema } from '../../server/config/schema.js';
import { monotonicMs } from '../../streams/clock.js';
import { faceScene } from '../../test/helpers/face-scene.js';
import { networkOperations } from './count-operations.js';

/** How long one part of the work took in each round, and how much it computes. */
export interface PartTimes {
  readonly name: string;
  /** Frames, or crops, that went through together. */
  readonly batch: number;
  /** Operations for one of them. */
  readonly operations: number;
  /** Milliseconds for one of them, by round. */
  readonly ms: readonly number[];
}

interface Part {
  readonly name: string;
  readonly batch: number;
  readonly operations: number;
  readonly run: () => unknown;
  readonly ms: number[];
}

const matrixSide = 1024;
const frameBatch = 8;
const people = 3;

/** A network alone: bytes in, cast to numbers, layers, numbers out. */
async function networkOf(
  engine: Engine,
  artifacts: Parameters<typeof engine.tf.io.fromMemory>[0],
  side: { readonly width: number; readonly height: number },
): Promise<{ operations: number; run: (batch: number) => unknown }> {
  const { tf, compile } = engine;
  if (compile === undefined) throw new Error('this engine knows no graphs');
  const fixed: unknown = JSON.parse(
    JSON.stringify(artifacts, (key, value: unknown) =>
      key === 'batch_input_shape' ? [null, side.height, side.width, 3] : value,
    ),
  );
  const model: LayersModel = await tf.loadLayersModel(
    tf.io.fromMemory({
      ...(fixed as typeof artifacts),
      weightData: (artifacts as { weightData: ArrayBuffer }).weightData,
    }),
  );
  const builder = new GraphBuilder();
  const pixels = pixelInput(builder, 'pixels', [-1, side.height, side.width, 3]);
  const outputs = graphFromLayers(builder, model, [pixels]);
  const graph = await compile(
    builder.toSavedModel(Object.fromEntries(outputs.map((output, at) => [`output${at}`, output]))),
  );
  const picture = new Uint8Array(side.width * side.height * 3).fill(127);
  return {
    operations: networkOperations(model),
    run: (batch) => graph.run({ pixels: Array.from({ length: batch }, () => picture) }),
  };
}

/** Lets the parts take turns and tells their times; the first turn of each is not counted. */
async function main(rounds: number, rounded: boolean): Promise<void> {
  const engine = await loadEngine({ threads: 1, backend: 'tensorflow', rounded });
  const { tf } = engine;
  const names = configSchema.parse({}).analysis;
  const scene = await faceScene(640, 360, people);
  const frames = Array.from({ length: frameBatch }, (_, n) => ({ ...scene, data: scene.frame(n / 5) }));
  const crops = frames.flatMap((image, n) => scene.people(n / 5).map(({ box }) => ({ image, box })));

  const detectorWeights = await readWeightsOf(detectorManifestSchema, shippedWeights(names.detector));
  const { inputSide, strides } = detectorWeights.manifest;
  const { inputWidth, inputHeight } = inputLayout(scene, inputSide, Math.max(...strides));
  const finder = await networkOf(engine, detectorWeights.artifacts, {
    width: inputWidth,
    height: inputHeight,
  });
  const { manifest, artifacts } = await readWeights(shippedWeights(names.classifier));
  const judge = await networkOf(engine, artifacts, { width: manifest.inputSize, height: manifest.inputSize });
  const detector = await createDetector(names.detector, engine);
  const classifier = await loadClassifier(engine, shippedWeights(names.classifier));
  const [a, b] = [1, 2].map((seed) => tf.randomUniform([matrixSide, matrixSide], -1, 1, 'float32', seed));

  const part = (name: string, batch: number, operations: number, run: () => unknown): Part => ({
    ...{ name, batch, operations, run },
    ms: [],
  });
  const parts = [
    part(`product of two matrices, ${matrixSide} square`, 1, 2 * matrixSide ** 3, () => {
      if (a !== undefined && b !== undefined) tf.matMul(a, b).dispose();
    }),
    part('detector, network', 1, finder.operations, () => finder.run(1)),
    part('detector, network', frameBatch, finder.operations, () => finder.run(frameBatch)),
    part('detector, bytes to boxes', frameBatch, finder.operations, () => detector.detect(frames)),
    part('classifier, network', crops.length, judge.operations, () => judge.run(crops.length)),
    part('classifier, frames to labels', crops.length, judge.operations, () => classifier.classify(crops)),
  ];
  for (let round = 0; round <= rounds; round++) {
    for (const { run, batch, ms } of parts) {
      const startMs = monotonicMs();
      let runs = 0;
      while (monotonicMs() - startMs < 250) {
        await run();
        runs++;
      }
      if (round > 0) ms.push((monotonicMs() - startMs) / runs / batch);
    }
  }
  const times: PartTimes[] = parts.map(({ name, batch, operations, ms }) => ({
    name,
    batch,
    operations,
    ms,
  }));
  process.send?.(times);
}

await main(Number(process.argv[2]), process.argv[3] === 'bfloat16');
