import { join } from 'node:path';
import type { MaskClassifier, Classification } from '../../mask-classifier.js';
import { wornStates } from '../../mask-classifier.js';
import type { WornState } from '../../mask-classifier.js';
import { PictureError, decodePicture } from '../../picture.js';
import type { LabelledPicture } from '../data/labelled-folder.js';
import { mapAhead } from '../data/map-ahead.js';
import { confusionFigures, confusionOf } from './confusion.js';
import type { Confusion, ConfusionFigures } from './confusion.js';

/** What a classifier said of one labelled face picture. */
export interface JudgedFace extends Classification {
  readonly file: string;
  readonly truth: WornState;
  /** Long side of the picture in pixels. */
  readonly side: number;
}

/** A labelled picture that could not be judged. */
export interface FailedPicture {
  readonly file: string;
  readonly message: string;
}

/** Classifies the pictures of a labelled folder; one that cannot be decoded is named and passed over. */
export async function classifyLabelled(
  classifier: MaskClassifier,
  root: string,
  pictures: readonly LabelledPicture[],
): Promise<{ faces: JudgedFace[]; failed: FailedPicture[] }> {
  const faces: JudgedFace[] = [];
  const failed: FailedPicture[] = [];
  const decoded = mapAhead(pictures, 8, async ({ file, label }) => {
    try {
      return { file, label, image: await decodePicture(join(root, file)) };
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      failed.push({ file, message: error.message });
      return null;
    }
  });
  for await (const picture of decoded) {
    if (!picture) continue;
    const { file, label, image } = picture;
    const [answer] = await classifier.classify([{ image }]);
    if (answer) faces.push({ ...answer, file, truth: label, side: Math.max(image.width, image.height) });
  }
  return { faces, failed };
}

/** Results over faces of one range of sizes. */
export interface SizeResult extends ConfusionFigures {
  readonly name: string;
}

/** Everything that is told of a labelled folder. */
export interface FacesReport extends ConfusionFigures {
  readonly confusion: Confusion;
  /** Part of the answers that were `unknown`; these count as wrong. */
  readonly unknownRate: number | null;
  /** The same with `incorrect` counted as `no_mask`, in labels and answers. */
  readonly twoClass: ConfusionFigures & { readonly confusion: Confusion };
  readonly bySize: readonly SizeResult[];
}

const sizes = [
  { name: 'under 32 px', from: 0, to: 32 },
  { name: '32-64 px', from: 32, to: 64 },
  { name: '64-128 px', from: 64, to: 128 },
  { name: '128 px and more', from: 128, to: Infinity },
] as const;

/** Counts up what was said of the faces, in three and in two classes, over all and by size. */
export function reportFaces(faces: readonly JudgedFace[]): FacesReport {
  const confusion = confuse(faces, 3);
  const merged = confuse(faces, 2);
  const unknown = faces.filter(({ label }) => label === 'unknown').length;
  return {
    ...confusionFigures(confusion),
    confusion,
    unknownRate: faces.length > 0 ? unknown / faces.length : null,
    twoClass: { ...confusionFigures(merged), confusion: merged },
    bySize: sizes.map(({ name, from, to }) => ({
      name,
      ...confusionFigures(
        confuse(
          faces.filter(({ side }) => side >= from && side < to),
          3,
        ),
      ),
    })),
  };
}

function confuse(faces: readonly JudgedFace[], classes: 2 | 3): Confusion {
  const names = wornStates.slice(0, classes);
  // "incorrect" is the third state: with two classes it falls back on the second, no_mask.
  const number = (state: WornState): number => Math.min(wornStates.indexOf(state), classes - 1);
  return confusionOf(
    names,
    faces.map(({ truth, label }) => [number(truth), label === 'unknown' ? classes : number(label)]),
    ['unknown'],
  );
}
