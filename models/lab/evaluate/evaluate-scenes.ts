import { wornStates } from '../../mask-classifier.js';
import type { MaskLabel, WornState } from '../../mask-classifier.js';
import type { LabelledScene, SceneBox } from '../scenes/scene-labels.js';
import { averagePrecision, rankCurve, recallWithin } from './average-precision.js';
import type { Hit } from './average-precision.js';
import { confusionFigures, confusionOf, mean } from './confusion.js';
import type { Confusion, ConfusionFigures } from './confusion.js';
import { matchBoxes } from './match-boxes.js';
import type { Match } from './match-boxes.js';
import { assignPredictions } from './predictions.js';
import type { PredictedFace } from './predictions.js';

/** How scenes are judged. */
export interface SceneRules {
  /** Least score of a face that counts at the operating point. */
  readonly score: number;
  /** Least intersection over union of a face that was found. */
  readonly iou: number;
}

/** Recall among labelled boxes of one kind. */
export interface PartRecall {
  readonly recall: number | null;
  readonly boxes: number;
}

/** Recall at the score that leaves no more than a number of false positives a picture. */
export interface LimitedRecall {
  readonly recall: number;
  /** That score; null where even the surest face is one too many. */
  readonly score: number | null;
  /** Among boxes of one label at that score: `no_mask` are the bare faces. */
  readonly byClass: Readonly<Record<string, PartRecall>>;
}

/** How well faces are found, whatever they wear. */
export interface DetectionFigures {
  readonly ap: number | null;
  readonly recall: number | null;
  readonly precision: number | null;
  readonly falsePerPicture: number;
  readonly recallBySize: Readonly<Record<string, PartRecall>>;
  readonly recallByClass: Readonly<Record<string, PartRecall>>;
  /** By allowed false positives a picture. */
  readonly recallAtFalsePerPicture: Readonly<Record<string, LimitedRecall>>;
}

/** Figures of whole scenes, by the rules of the public validation (all-point AP, one prediction a box). */
export interface ScenesReport {
  readonly pictures: number;
  readonly picturesWithoutLine: number;
  readonly linesOfOtherPictures: number;
  readonly boxes: number;
  readonly detection: DetectionFigures;
  /** Null where the predictions say nothing of masks. */
  readonly classes: {
    readonly ap: Readonly<Record<string, number | null>>;
    readonly map: number | null;
    /** `incorrect` counted as `no_mask`, in labels and predictions. */
    readonly twoClassAp: Readonly<Record<string, number | null>>;
    readonly twoClassMap: number | null;
    readonly confusion: Confusion;
    /** Over the faces found; `unknown` counts as wrong. */
    readonly matched: ConfusionFigures;
    /** Two classes, labelled `incorrect` left out, over the faces found. */
    readonly twoClassAccuracy: number | null;
    readonly unknownRate: number | null;
  } | null;
}

const sizes = [
  { name: '<16', from: 0, to: 16 },
  { name: '16-32', from: 16, to: 32 },
  { name: '>=32', from: 32, to: Infinity },
] as const;

const merged = (label: MaskLabel): MaskLabel => (label === 'incorrect' ? 'no_mask' : label);
const same = (label: MaskLabel): MaskLabel => label;

/** Judges predictions on labelled scenes. @throws Error when no prediction names a scene, or there are no boxes */
export function evaluateScenes(
  scenes: readonly LabelledScene[],
  predictions: ReadonlyMap<string, readonly PredictedFace[]>,
  rules: SceneRules,
): ScenesReport {
  const { faces: facesOf, ...coverage } = assignPredictions(
    scenes.map(({ file }) => file),
    predictions,
  );
  const facesIn: FacesIn = (scene) => facesOf.get(scene.file) ?? [];
  const boxes = scenes.flatMap((scene) => scene.boxes);
  if (boxes.length === 0) throw new Error('the labels hold no boxes');

  const claims = detectionClaims(scenes, facesIn, rules.iou);
  const hits = claims.map(hitOf);
  const found: { readonly truth: SceneBox; readonly said: MaskLabel }[] = [];
  let wrong = 0;
  for (const scene of scenes) {
    const sure = facesIn(scene).filter(({ score }) => score >= rules.score);
    for (const { face, truth } of matchBoxes(scene.boxes, sure, rules.iou, byScore)) {
      if (truth) found.push({ truth, said: face.label });
      else wrong++;
    }
  }
  const points = rankCurve(hits);
  const partOf = (claimed: readonly SceneBox[], fits: (box: SceneBox) => boolean): PartRecall => {
    const all = boxes.filter(fits).length;
    return { recall: ratio(claimed.filter(fits).length, all), boxes: all };
  };
  const byClass = (claimed: readonly SceneBox[]): Record<string, PartRecall> =>
    Object.fromEntries(
      wornStates.map((label) => [label, partOf(claimed, (box) => box.label === label)] as const),
    );
  const foundBoxes = found.map(({ truth }) => truth);
  const claimedFrom = (least: number): SceneBox[] =>
    claims.flatMap(({ face, truth }) => (truth && face.score >= least ? [truth] : []));
  const limited = (rate: number): LimitedRecall => {
    const limit = recallWithin(points, rate * scenes.length, boxes.length);
    const { score } = limit;
    return { ...limit, byClass: byClass(score === null ? [] : claimedFrom(score)) };
  };
  return {
    pictures: scenes.length,
    ...coverage,
    boxes: boxes.length,
    detection: {
      ap: averagePrecision(hits, boxes.length),
      recall: ratio(found.length, boxes.length),
      precision: ratio(found.length, found.length + wrong),
      falsePerPicture: wrong / scenes.length,
      recallBySize: Object.fromEntries(
        sizes.map(({ name, from, to }) => [
          name,
          partOf(
            foundBoxes,
            ({ box }) => Math.min(box.width, box.height) >= from && Math.min(box.width, box.height) < to,
          ),
        ]),
      ),
      recallByClass: byClass(foundBoxes),
      recallAtFalsePerPicture: Object.fromEntries(
        [0.1, 0.25, 0.5, 1].map((rate) => [rate, limited(rate)] as const),
      ),
    },
    classes: [...facesOf.values()].flat().some(({ label }) => label !== 'unknown')
      ? classFigures(scenes, facesIn, found, rules.iou)
      : null,
  };
}

function classFigures(
  scenes: readonly LabelledScene[],
  facesIn: FacesIn,
  found: readonly { readonly truth: SceneBox; readonly said: MaskLabel }[],
  iou: number,
): ScenesReport['classes'] {
  const three = classAp(scenes, facesIn, iou, same);
  const two = classAp(scenes, facesIn, iou, merged);
  const number = (label: MaskLabel): number => (label === 'unknown' ? 3 : wornStates.indexOf(label));
  const confusion = confusionOf(
    wornStates,
    found.map(({ truth, said }) => [number(truth.label), number(said)]),
    ['unknown'],
  );
  const plain = found.filter(({ truth }) => truth.label !== 'incorrect');
  return {
    ap: three,
    map: mean(Object.values(three)),
    twoClassAp: two,
    twoClassMap: mean(Object.values(two)),
    confusion,
    matched: confusionFigures(confusion),
    twoClassAccuracy: ratio(
      plain.filter(({ truth, said }) => merged(said) === truth.label).length,
      plain.length,
    ),
    unknownRate: ratio(found.filter(({ said }) => said === 'unknown').length, found.length),
  };
}

/** The predicted faces of a scene. */
export type FacesIn = (scene: LabelledScene) => readonly PredictedFace[];

const byScore = (face: PredictedFace): number => face.score;

/** Every predicted face, ranked by its score: right where it claims a labelled one. */
export function detectionHits(scenes: readonly LabelledScene[], facesIn: FacesIn, iou: number): Hit[] {
  return detectionClaims(scenes, facesIn, iou).map(hitOf);
}

type Claim = Match<PredictedFace, SceneBox>;

function detectionClaims(scenes: readonly LabelledScene[], facesIn: FacesIn, iou: number): Claim[] {
  return scenes.flatMap((scene) => matchBoxes(scene.boxes, facesIn(scene), iou, byScore));
}

const hitOf = ({ face, truth }: Claim): Hit => ({ score: face.score, right: truth !== null });

/** Every face that is called `wanted`, ranked by its score times the label's probability, and how many there are to find. */
export function classHits(
  scenes: readonly LabelledScene[],
  facesIn: FacesIn,
  iou: number,
  wanted: MaskLabel,
  name: (label: MaskLabel) => MaskLabel = same,
): { readonly hits: Hit[]; readonly positives: number } {
  const rank = ({ score, label, probabilities }: PredictedFace): number => {
    if (!probabilities) return score;
    const likes = wornStates.filter((state: WornState) => name(state) === name(label));
    return score * likes.reduce((sum, state) => sum + probabilities[state], 0);
  };
  const hits: Hit[] = [];
  let positives = 0;
  for (const scene of scenes) {
    const truths = scene.boxes.filter(({ label }) => name(label) === wanted);
    const faces = facesIn(scene).filter(({ label }) => name(label) === wanted);
    for (const { face, truth } of matchBoxes(truths, faces, iou, rank)) {
      hits.push({ score: rank(face), right: truth !== null });
    }
    positives += truths.length;
  }
  return { hits, positives };
}

/** AP of each class: a face counts for its own label only. */
function classAp(
  scenes: readonly LabelledScene[],
  facesIn: FacesIn,
  iou: number,
  name: (label: MaskLabel) => MaskLabel,
): Record<string, number | null> {
  const classes = [...new Set(wornStates.map(name))];
  return Object.fromEntries(
    classes.map((wanted) => {
      const { hits, positives } = classHits(scenes, facesIn, iou, wanted, name);
      return [wanted, averagePrecision(hits, positives)];
    }),
  );
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
