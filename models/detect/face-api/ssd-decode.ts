import type { Detection } from '../../detector.js';
import type { SsdLayout } from './ssd-layout.js';
import { ssdInputSize, ssdLevels, ssdNumbers } from './ssd-layout.js';

/**
 * Turns the network's numbers for one picture into boxes: those of the SSD box coder with scales 10 and 5, cut off at the
 * picture's edges by the network's square, before any suppression.
 *
 * @param levels numbers of each level's map for this picture, `rows * columns * boxes * 5`
 * @param priors all prior boxes of the full square, `y1, x1, y2, x2` in parts of its side
 * @param picture what the boxes are in pixels of
 * @param minScore 0..1; only higher scores come out
 */
export function decodeSsd(
  levels: readonly Float32Array[],
  layout: SsdLayout,
  priors: Float32Array,
  picture: { readonly width: number; readonly height: number },
  minScore: number,
): Detection[] {
  const minLogit = Math.log(minScore / (1 - minScore));
  const scaleX = (ssdInputSize / layout.width) * picture.width;
  const scaleY = (ssdInputSize / layout.height) * picture.height;
  const found: Detection[] = [];
  let firstPrior = 0;
  ssdLevels.forEach(({ cells, boxes }, level) => {
    const numbers = levels[level] ?? new Float32Array();
    const { columns } = layout.maps[level] ?? { columns: 0 };
    for (let at = 0; at < numbers.length; at += ssdNumbers) {
      const logit = numbers[at + 4] ?? -Infinity;
      if (logit <= minLogit) continue;
      const index = at / ssdNumbers;
      const cell = Math.floor(index / boxes);
      const prior =
        firstPrior + (Math.floor(cell / columns) * cells + (cell % columns)) * boxes + (index % boxes);
      const [top, bottom] = span(priors, prior * 4, numbers[at] ?? 0, numbers[at + 2] ?? 0);
      const [left, right] = span(priors, prior * 4 + 1, numbers[at + 1] ?? 0, numbers[at + 3] ?? 0);
      found.push({
        box: {
          x: left * scaleX,
          y: top * scaleY,
          width: (right - left) * scaleX,
          height: (bottom - top) * scaleY,
        },
        score: 1 / (1 + Math.exp(-logit)),
      });
    }
    firstPrior += cells * cells * boxes;
  });
  return found;
}

/** Begin and end of a box along one axis, within 0..1. */
function span(priors: Float32Array, at: number, shift: number, stretch: number): readonly [number, number] {
  const begin = priors[at] ?? 0;
  const size = (priors[at + 2] ?? 0) - begin;
  const centre = begin + size / 2 + (shift / 10) * size;
  const reach = (Math.exp(stretch / 5) * size) / 2;
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}
