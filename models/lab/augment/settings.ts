import { z } from 'zod';

/** How strongly training pictures are varied. Deviations are of a normal distribution unless said otherwise. */
export const augmentationSchema = z.object({
  /** Side of the crop as a multiple of the face's long side, at the centre of its range. */
  margin: z.number().default(1.15),
  /** Deviation of the log of the margin, which zooms in and out; cut off at 0.8 and 1.2. */
  zoom: z.number().default(0.1),
  /** Deviation of the shift, as a part of the crop's side. */
  shift: z.number().default(0.06),
  /** Deviation of the rotation in degrees; cut off at 20. */
  rotation: z.number().default(7),
  /** Deviation of the horizontal shear, as a part of the height. */
  shear: z.number().default(0.04),
  /** Deviation of the log of width to height; cut off at 4/3. */
  aspect: z.number().default(0.07),
  /** Chance of a mirror image. */
  mirror: z.number().default(0.5),
  /** Chance of going through a small picture and back, as a far face does. */
  shrink: z.number().default(0.3),
  /** Least and largest side of that small picture in pixels, log-uniform between. */
  shrinkTo: z.tuple([z.number(), z.number()]).default([12, 44]),
  /** Chance of a blur of up to 1.5 px deviation. */
  blur: z.number().default(0.25),
  /** Chance of JPEG artefacts, quality 25 to 90. */
  jpeg: z.number().default(0.35),
  /** Deviation of the logs of contrast and brightness. */
  light: z.number().default(0.18),
  /** Deviation of the log of each channel's gain. */
  tint: z.number().default(0.05),
  /** Chance of a grey picture. */
  grey: z.number().default(0.1),
  /** Chance of noise of up to 10 levels deviation. */
  noise: z.number().default(0.2),
  /** Chance of a flat rectangle over up to a fifth of the picture. */
  occlusion: z.number().default(0.05),
});

/** Settings of the augmentation. */
export type Augmentation = z.infer<typeof augmentationSchema>;

/** The usual recipe. What the shipped models were trained with is this but for what their cards name. */
export const defaultAugmentation: Augmentation = augmentationSchema.parse({});

/** No variation at all: the crop that serving would make. */
export const noAugmentation: Augmentation = {
  ...defaultAugmentation,
  zoom: 0,
  shift: 0,
  rotation: 0,
  shear: 0,
  aspect: 0,
  mirror: 0,
  shrink: 0,
  blur: 0,
  jpeg: 0,
  light: 0,
  tint: 0,
  grey: 0,
  noise: 0,
  occlusion: 0,
};

/**
 * The recipe with some strengths changed.
 *
 * @param changes by name; `shrink-to` is the least side that shrinking leaves
 * @throws RangeError naming a strength that there is not
 */
export function changedAugmentation(changes: Readonly<Record<string, number>>): Augmentation {
  const { 'shrink-to': least, ...others } = changes;
  for (const name of Object.keys(others)) {
    if (name === 'shrinkTo' || !(name in defaultAugmentation)) {
      const known = Object.keys(defaultAugmentation).filter((key) => key !== 'shrinkTo');
      throw new RangeError(
        `${name} is no strength of the augmentation; there are ${known.join(', ')}, shrink-to`,
      );
    }
  }
  const [, most] = defaultAugmentation.shrinkTo;
  const shrinkTo = least === undefined ? {} : { shrinkTo: [least, Math.max(least, most)] };
  return augmentationSchema.parse({ ...others, ...shrinkTo });
}
