import sharp from 'sharp';
import type { SampleFace } from './sample-faces.js';
import type { RgbImage } from '../../models/image.js';

/** A picture with transparency: rgba, row-major, top-left origin, `data.length === width * height * 4`. */
export interface Sprite {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Where the face lies inside, in pixels of the sprite. */
  readonly face: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/**
 * Cuts a person's head and shoulders out of a photograph, with soft edges.
 *
 * @param photo the (painted) photograph
 * @param faceHeight height of the face in pixels of the sprite
 */
export async function cutOut(photo: RgbImage, face: SampleFace, faceHeight: number): Promise<Sprite> {
  const { box } = face;
  const left = Math.max(0, Math.round(box.x - box.width * 0.75));
  const top = Math.max(0, Math.round(box.y - box.height * 0.45));
  const width = Math.min(photo.width, Math.round(box.x + box.width * 1.75)) - left;
  const height = Math.min(photo.height, Math.round(box.y + box.height * 1.75)) - top;
  const scale = faceHeight / box.height;
  const size = {
    width: Math.max(2, Math.round(width * scale)),
    height: Math.max(2, Math.round(height * scale)),
  };
  const inside = {
    x: (box.x - left) * scale,
    y: (box.y - top) * scale,
    width: box.width * scale,
    height: faceHeight,
  };
  const colour = await sharp(photo.data, { raw: { width: photo.width, height: photo.height, channels: 3 } })
    .extract({ left, top, width, height })
    .resize(size.width, size.height, { fit: 'fill' })
    .raw()
    .toBuffer();
  const alpha = await sharp(Buffer.from(silhouette(size.width, size.height, inside)))
    .blur(Math.max(1, faceHeight * 0.035))
    .ensureAlpha()
    .extractChannel(3)
    .raw()
    .toBuffer();
  const data = new Uint8Array(size.width * size.height * 4);
  for (let pixel = 0; pixel < size.width * size.height; pixel += 1) {
    data.set(colour.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    data[pixel * 4 + 3] = alpha[pixel] ?? 0;
  }
  return { ...size, data, face: inside };
}

/** Head as an ellipse, shoulders as a curve down to the lower edge; a margin keeps the blurred edge inside. */
function silhouette(width: number, height: number, face: Sprite['face']): string {
  const middle = face.x + face.width / 2;
  const neck = face.y + face.height * 1.02;
  const edge = face.height * 0.09;
  const head =
    `<ellipse cx="${middle}" cy="${face.y + face.height * 0.42}" ` +
    `rx="${face.width * 0.72}" ry="${face.height * 0.72}"/>`;
  const shoulders =
    `<path d="M${middle - face.width * 0.45} ${neck - face.height * 0.2} ` +
    `Q${middle - face.width * 0.5} ${neck + face.height * 0.1} ${edge} ${neck + face.height * 0.35} ` +
    `L${edge} ${height - edge} L${width - edge} ${height - edge} L${width - edge} ${neck + face.height * 0.35} ` +
    `Q${middle + face.width * 0.5} ${neck + face.height * 0.1} ${middle + face.width * 0.45} ${neck - face.height * 0.2} Z"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${head}${shoulders}</svg>`;
}
