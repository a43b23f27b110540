import sharp from 'sharp';
import type { Box, RgbImage } from '../../models/image.js';
import { hideFaces } from './hide-faces.js';

/** An analysed frame, and where faces are or were a moment ago. */
export interface KeptFrame {
  readonly image: RgbImage;
  /** In pixels of the image. */
  readonly boxes: readonly Box[];
  /** When its first packet arrived, in milliseconds of `monotonicMs()`. */
  readonly capturedAtMs: number;
}

/** A picture of a moment, ready for the disk. */
export interface MomentPicture {
  /** JPEG without any metadata. */
  readonly jpeg: Uint8Array;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the frame, in milliseconds of `monotonicMs()`. */
  readonly capturedAtMs: number;
}

/** A picture cannot be made: one sentence says why. */
export class PictureRefusedError extends Error {
  override readonly name = 'PictureRefusedError';
}

/** Finds faces; may take the pixels it is given over. A least score of 0..1 makes it more or less eager than usual. */
export type LookForFaces = (image: RgbImage, minScore?: number) => Promise<readonly Box[]>;

/** What may be a face is hidden like one: nobody misses a hidden lamp. */
const eagerScore = 0.15;
/** Tiles of a hidden face in each round: if a face is still found, the next round leaves less of it. */
const rounds = [3, 2, 1, 1] as const;
const quality = 80;

/**
 * Makes a picture of a frame; runs in the analysis process, where frames are. Unless told otherwise faces are hidden first, and all that
 * the detector takes for one at its most eager. Then it looks again: while it finds a face, that one is hidden too, and a picture in
 * which it still finds one is not given out.
 *
 * @param frame is not changed
 * @param blur false leaves faces as they are
 * @throws PictureRefusedError
 */
export async function makePicture(
  { image, boxes, capturedAtMs }: KeptFrame,
  blur: boolean,
  look: LookForFaces,
): Promise<MomentPicture> {
  const { width, height } = image;
  const shown = { width, height, data: Uint8Array.from(image.data) };
  if (blur) await hideAll(shown, boxes, look);
  const jpeg = await sharp(shown.data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return { jpeg, width, height, capturedAtMs };
}

async function hideAll(image: RgbImage, boxes: readonly Box[], look: LookForFaces): Promise<void> {
  const copy = (): RgbImage => ({ ...image, data: Uint8Array.from(image.data) });
  let known = [...boxes, ...(await look(copy(), eagerScore))];
  for (const tiles of rounds) {
    hideFaces(image, known, tiles);
    const left = await look(copy());
    if (left.length === 0) return;
    known = [...known, ...left];
  }
  throw new PictureRefusedError(
    'faces could still be made out after they were hidden, so no picture was kept',
  );
}
