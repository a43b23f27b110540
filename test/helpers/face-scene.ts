import sharp from 'sharp';
import type { Box, RgbImage } from '../../models/image.js';
import type { WornState } from '../../models/mask-classifier.js';
import type { Placement } from '../../server/demo/compose-frame.js';
import { composeFrame } from '../../server/demo/compose-frame.js';
import type { Sprite } from '../../server/demo/cut-out.js';
import { cutOut } from '../../server/demo/cut-out.js';
import type { MaskStyle } from '../../server/demo/mask-shape.js';
import { paintMasks } from '../../server/demo/paint-masks.js';
import { readSampleFaces, samplePhotoPath } from '../../server/demo/sample-faces.js';

/** The mask that test pictures paint for each worn state; `undefined` paints none. */
export const maskStyles: Readonly<Record<WornState, MaskStyle | undefined>> = {
  mask: { wearing: 'over-nose', colour: '#9cc7e4', pleats: true },
  no_mask: undefined,
  incorrect: { wearing: 'under-nose', colour: '#9cc7e4', pleats: true },
};

/** The people of a test scene, from left to right; a scene of n people has the first n. */
const cast = [
  { photo: 'sample6.jpg', face: 1, state: 'mask' },
  { photo: 'sample3.jpg', face: 1, state: 'no_mask' },
  { photo: 'sample5.jpg', face: 2, state: 'incorrect' },
] as const;

/** A person of a test scene: what he wears and where his face is. */
export interface ScenePerson {
  readonly state: WornState;
  /** In pixels of the frame. */
  readonly box: Box;
}

/** A test scene: people side by side before a plain wall, each swaying gently in his own share of the picture. */
export interface FaceScene {
  readonly width: number;
  readonly height: number;
  /** rgb24 of one moment. */
  frame(seconds: number): Buffer;
  /** The truth of that moment, from left to right. */
  people(seconds: number): ScenePerson[];
}

/**
 * Prepares a scene.
 *
 * @param width at least 160, even
 * @param height at least 120, even
 * @param people 0..3: the first wears a mask, the second none, the third one below the nose
 */
export async function faceScene(width: number, height: number, people: number): Promise<FaceScene> {
  const share = width / Math.max(1, people);
  const faceHeight = Math.min(height * 0.42, share * 0.62);
  const sprites: Sprite[] = [];
  const photos = await readSampleFaces();
  for (const { photo, face, state } of cast.slice(0, people)) {
    const found = photos[photo]?.faces[face];
    if (found === undefined) throw new Error(`no face ${face} in ${photo}`);
    const style = maskStyles[state];
    const painted = await paintMasks(
      samplePhotoPath(photo),
      style === undefined ? [] : [{ face: found, style }],
    );
    sprites.push(await cutOut(painted, found, faceHeight));
  }
  const wall = await plainWall(width, height);
  const placements = (seconds: number): Placement[] =>
    sprites.map((sprite, index) => ({
      sprite,
      x: share * (index + 0.5) - sprite.width / 2 + Math.sin(seconds * 1.1 + index * 2) * share * 0.12,
      y:
        height * 0.5 -
        sprite.face.y -
        sprite.face.height / 2 +
        Math.sin(seconds * 1.7 + index) * height * 0.03,
    }));
  return {
    width,
    height,
    frame: (seconds) => composeFrame(wall, 0, width, height, placements(seconds)),
    people: (seconds) =>
      placements(seconds).map(({ sprite, x, y }, index) => ({
        state: cast[index]?.state ?? 'no_mask',
        box: {
          x: x + sprite.face.x,
          y: y + sprite.face.y,
          width: sprite.face.width,
          height: sprite.face.height,
        },
      })),
  };
}

async function plainWall(width: number, height: number): Promise<RgbImage> {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>` +
    '<linearGradient id="wall" x2="0" y2="1"><stop offset="0" stop-color="#cfd3d4"/>' +
    '<stop offset="1" stop-color="#8d9599"/></linearGradient></defs>' +
    '<rect width="100%" height="100%" fill="url(#wall)"/></svg>';
  const data = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  return { width, height, data };
}
