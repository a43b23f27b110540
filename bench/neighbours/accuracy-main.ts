import { join } from 'node:path';
import { loadClassifier } from '../../models/classify/weights-classifier.js';
import { createDetector } from '../../models/detect/create-detector.js';
import { loadOwnDetector } from '../../models/detect/own/own-detector.js';
import { loadEngine } from '../../models/engine/load-engine.js';
import { evaluateScenes } from '../../models/lab/evaluate/evaluate-scenes.js';
import { everyNth, predictScenes } from '../../models/lab/evaluate/predict-scenes.js';
import type { PredictedFace } from '../../models/lab/evaluate/predictions.js';
import { readSceneLabels } from '../../models/lab/scenes/scene-labels.js';
import { decodePicture } from '../../models/picture.js';
import { shippedWeights } from '../../models/shipped-weights.js';
import { configSchema } from '../../server/config/schema.js';
import { loadAizoo } from '../subjects/aizoo.js';

/** What is asked for. */
export interface AccuracyOrder {
  /** Path of a `labels.json`; the pictures lie in `images/` beside it. */
  readonly labels: string;
  /** Every n-th scene by file name. */
  readonly every: number;
  /** Long side of the smaller input at which the product is judged too. */
  readonly smallSide: number;
  /** Folder of the neighbour's weights. */
  readonly peers: string;
}

/** How well one of the two did, 0..1; null where there is nothing to tell. */
export interface Accuracy {
  readonly name: string;
  readonly scenes: number;
  readonly faces: number;
  /** Average precision of finding faces. */
  readonly ap: number | null;
  readonly recallAtHalfFalse: number;
  /** Mean average precision of mask and no mask, `incorrect` counted as no mask. */
  readonly twoClassMap: number | null;
  readonly threeClassMap: number | null;
  /** Of the faces found at score 0.5, those labelled `incorrect` left out. */
  readonly twoClassAccuracy: number | null;
}

/** AP needs the faint detections too. */
const faintest = 0.02;

/** Judges the product, as it ships and with a smaller input, and AIZOO on labelled scenes, with the rules of `maskwatch evaluate`, and tells both. */
async function main({ labels, every, smallSide, peers }: AccuracyOrder): Promise<void> {
  const scenes = everyNth(await readSceneLabels(labels), every);
  // The server's arithmetic: bfloat16 where the processor has a unit for it.
  const engine = await loadEngine({ threads: 2, backend: 'tensorflow', rounded: true });
  const judge = (name: string, predictions: ReadonlyMap<string, readonly PredictedFace[]>): Accuracy => {
    const { pictures, boxes, detection, classes } = evaluateScenes(scenes, predictions, {
      score: 0.5,
      iou: 0.5,
    });
    return {
      name,
      scenes: pictures,
      faces: boxes,
      ap: detection.ap,
      recallAtHalfFalse: detection.recallAtFalsePerPicture['0.5']?.recall ?? 0,
      twoClassMap: classes?.twoClassMap ?? null,
      threeClassMap: classes?.map ?? null,
      twoClassAccuracy: classes?.twoClassAccuracy ?? null,
    };
  };
  const { detector: detectorName, classifier: classifierName } = configSchema.parse({}).analysis;
  const detector = await createDetector(detectorName, engine, { minScore: faintest });
  const classifier = await loadClassifier(engine, shippedWeights(classifierName));
  const complain = (line: string): void => {
    throw new Error(line);
  };
  const ours = await predictScenes(labels, scenes, { detector, classifier }, complain);
  const smallDetector = await loadOwnDetector(engine, shippedWeights(detectorName), {
    inputSide: smallSide,
    minScore: faintest,
  });
  const small = await predictScenes(labels, scenes, { detector: smallDetector, classifier }, complain);
  const aizoo = await loadAizoo(engine, peers);
  const theirs = new Map<string, PredictedFace[]>();
  for (const { file } of scenes) {
    const faces = await aizoo(await decodePicture(join(labels, '..', 'images', file)), faintest);
    theirs.set(
      file,
      faces.map(({ box, score, mask, noMask }) => {
        const probabilities = {
          mask: mask / (mask + noMask),
          no_mask: noMask / (mask + noMask),
          incorrect: 0,
        };
        return { box, score, label: mask >= noMask ? 'mask' : 'no_mask', probabilities };
      }),
    );
  }
  process.send?.([
    judge('the product', ours),
    judge(`the product at ${smallSide}`, small),
    judge('AIZOO 260', theirs),
  ]);
}

await main(JSON.parse(process.argv[2] ?? '{}') as AccuracyOrder);
