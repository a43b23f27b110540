import type { Random } from '../random.js';
import type { DetectorSample } from './detector-sample.js';
import type { LabelledFace } from './scene-list.js';
import { turnBox, turnPicture } from './turn-picture.js';

/** Turns are drawn from a normal distribution of this deviation and bounded at twice that, in radians. */
const turnDeviation = 0.35;

/**
 * A training picture turned about its middle; faces whose middle leaves it are forgotten.
 *
 * @param size side of the picture in pixels
 */
export function turnSample(
  { pixels, faces, likely }: DetectorSample,
  size: number,
  random: Random,
): DetectorSample {
  const angle = Math.min(Math.max(random.normal(), -2), 2) * turnDeviation;
  const turn = (list: readonly LabelledFace[]) =>
    list.flatMap(({ label, box }) => {
      const turned = turnBox(box, size, angle);
      return turned === undefined ? [] : [{ label, box: turned }];
    });
  return { pixels: turnPicture(pixels, size, angle), faces: turn(faces), likely: turn(likely) };
}
