import { boxOfCell, type DenseMap } from '../../detect/dense-map.js';
import type { Box } from '../../image.js';

/**
 * How much higher the second teacher's logits lie. At 0.5 false positives an image on `ilc` and `voc853` published YuNet's
 * threshold is 0.73 to 0.77 where the fine-tuned one's is 0.50 to 0.55.
 */
const offset = 1;

/**
 * Takes a cell's answer from the second teacher where that is the surer one and no masked face is near: the first knows
 * masks, the second has seen more bare faces.
 *
 * @param masked boxes of faces that wear a mask, in pixels of the input
 */
export function blendTeachers(
  first: readonly DenseMap[],
  second: readonly DenseMap[],
  masked: readonly Box[],
): DenseMap[] {
  return first.map((map, level) => {
    const other = second[level];
    if (other === undefined) return map;
    const data = Float32Array.from(map.data);
    for (let cell = 0; cell < map.rows * map.columns; cell++) {
      const at = cell * 5;
      const logit = (other.data[at] ?? -Infinity) - offset;
      // A quiet cell may stay as it is: below this nobody sees a face.
      if (logit <= (map.data[at] ?? 0) || logit < -3) continue;
      const { x, y, width, height } = boxOfCell(other, cell);
      if (masked.some((box) => within(box, x + width / 2, y + height / 2))) continue;
      data.set(other.data.subarray(at, at + 5), at);
      data[at] = logit;
    }
    return { ...map, data };
  });
}

/** A quarter of a side around a box counts as near. */
function within({ x, y, width, height }: Box, atX: number, atY: number): boolean {
  return Math.abs(atX - x - width / 2) <= 0.75 * width && Math.abs(atY - y - height / 2) <= 0.75 * height;
}
