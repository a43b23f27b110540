import type { Box } from '../../image.js';
import type { DetectorSample } from './detector-sample.js';
import type { LabelledFace } from './scene-list.js';

/**
 * Four training pictures side by side in one: more faces and more surroundings a picture, and a face is learned away from the
 * scene it came with ("YOLOv4", Bochkovskiy et al., 2020).
 *
 * @param parts four pictures of half the side, row by row
 * @param size side of the joined picture in pixels, even
 */
export function joinQuarters(parts: readonly DetectorSample[], size: number): DetectorSample {
  const half = size / 2;
  const pixels = new Uint8Array(size * size * 3);
  const faces: LabelledFace[] = [];
  const likely: LabelledFace[] = [];
  for (const [at, part] of parts.entries()) {
    const left = (at % 2) * half;
    const top = Math.floor(at / 2) * half;
    for (let row = 0; row < half; row++) {
      const line = part.pixels.subarray(row * half * 3, (row + 1) * half * 3);
      pixels.set(line, ((top + row) * size + left) * 3);
    }
    const moved = ({ label, box }: LabelledFace) => ({ label, box: quarterBox(box, half, left, top) });
    faces.push(...part.faces.map(moved));
    likely.push(...part.likely.map(moved));
  }
  return { pixels, faces, likely };
}

/** A face's box in its quarter: what is cut off at its edge is not to be looked for in the next quarter. */
function quarterBox(box: Box, half: number, left: number, top: number): Box {
  const x = Math.max(0, box.x);
  const y = Math.max(0, box.y);
  const width = Math.min(half, box.x + box.width) - x;
  const height = Math.min(half, box.y + box.height) - y;
  return { x: x + left, y: y + top, width, height };
}
