import { join } from 'node:path';
import type { Manifest } from '../../classify/manifest.js';
import { cutRegion, facePictureBox, faceRegion } from '../../crop.js';
import type { Tf } from '../../engine/engine.js';
import { decodePicture, PictureError } from '../../picture.js';
import { mapAhead } from '../data/map-ahead.js';
import type { LabelledPicture } from '../data/labelled-folder.js';
import { createRandom, shuffled } from '../random.js';
import { networkInput } from '../train/network-input.js';
import type { PreparedFaces } from './perturb-layers.js';

/** Which faces to take, and how. */
export interface FaceChoice {
  readonly root: string;
  readonly pictures: readonly LabelledPicture[];
  /** How many at most; as many of each label as there are, as far as that goes. */
  readonly most: number;
  readonly seed: number;
  /** Told of each picture that cannot be decoded. */
  readonly say: (line: string) => void;
}

/**
 * Cuts face pictures as serving would.
 *
 * @returns tensors that the caller disposes
 * @throws Error where no picture is left
 */
export async function prepareFaces(tf: Tf, manifest: Manifest, choice: FaceChoice): Promise<PreparedFaces> {
  const { inputSize, crop, classes, normalisation, output } = manifest;
  const bytes = inputSize * inputSize * 3;
  const crops: Uint8Array[] = [];
  const truths: number[] = [];
  const decoded = mapAhead(choosePictures(choice), 8, async ({ file, label }) => {
    try {
      return { label, image: await decodePicture(join(choice.root, file)) };
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      choice.say(`${file}: ${error.message}`);
      return null;
    }
  });
  for await (const picture of decoded) {
    if (!picture) continue;
    const pixels = new Uint8Array(bytes);
    cutRegion(
      picture.image,
      faceRegion(facePictureBox(picture.image, crop.faceFill), crop.margin),
      inputSize,
      pixels,
    );
    crops.push(pixels);
    // A network of two outputs says no_mask of a mask worn wrongly.
    const own = classes.indexOf(picture.label);
    truths.push(own < 0 ? classes.indexOf('no_mask') : own);
  }
  if (crops.length === 0) throw new Error(`${choice.root}: no picture could be decoded`);
  return {
    input: networkInput(tf, Buffer.concat(crops), inputSize, normalisation),
    truths,
    output,
    states: classes.includes('reject') ? classes.indexOf('reject') : classes.length,
  };
}

/** Takes from each label in turn until there are enough or none is left. */
function choosePictures({ pictures, most, seed }: FaceChoice): LabelledPicture[] {
  const byLabel = new Map<string, LabelledPicture[]>();
  for (const picture of shuffled(pictures, createRandom(seed))) {
    const of = byLabel.get(picture.label) ?? [];
    of.push(picture);
    byLabel.set(picture.label, of);
  }
  const chosen: LabelledPicture[] = [];
  for (let i = 0; chosen.length < Math.min(most, pictures.length); i++) {
    for (const of of byLabel.values()) {
      const picture = of[i];
      if (picture && chosen.length < most) chosen.push(picture);
    }
  }
  return chosen;
}
