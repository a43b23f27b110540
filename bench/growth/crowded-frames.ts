import type { RgbImage } from '../../models/image.js';
import { faceScene } from '../../test/helpers/face-scene.js';

const tile = { width: 320, height: 192 } as const;
const across = 2;
const down = 2;
const mostInTile = 3;

/** Most faces that fit into a frame. */
export const mostFaces = across * down * mostInTile;

/**
 * Frames of 640x384 with so many faces, all of about the same size.
 *
 * @param faces 0 to `mostFaces`
 */
export async function crowdedFrames(faces: number, count: number): Promise<RgbImage[]> {
  const scenes = await Promise.all(
    Array.from({ length: across * down }, (_, n) => {
      const people = Math.max(0, Math.min(mostInTile, faces - n * mostInTile));
      return faceScene(tile.width, tile.height, people);
    }),
  );
  return Array.from({ length: count }, (_, frame) => {
    const width = tile.width * across;
    const data = new Uint8Array(width * tile.height * down * 3);
    scenes.forEach((scene, n) => {
      const pixels = scene.frame(frame / 5);
      const left = (n % across) * tile.width;
      const top = Math.floor(n / across) * tile.height;
      for (let y = 0; y < tile.height; y++) {
        const row = pixels.subarray(y * tile.width * 3, (y + 1) * tile.width * 3);
        data.set(row, ((top + y) * width + left) * 3);
      }
    });
    return { width, height: tile.height * down, data };
  });
}
