import type { Detection } from '../../models/detector.js';
import { nonMaxSuppression } from '../../models/detect/non-max-suppression.js';

/** Side of the network's square input, in pixels. */
export const aizooSide = 260;

/** Maps of the network, finest first, with the two sizes of their anchors in parts of the picture. */
const levels = [
  { cells: 33, sizes: [0.04, 0.056] },
  { cells: 17, sizes: [0.08, 0.11] },
  { cells: 9, sizes: [0.16, 0.22] },
  { cells: 5, sizes: [0.32, 0.45] },
  { cells: 3, sizes: [0.64, 0.72] },
] as const;
/** Width to height of an anchor. */
const ratios = [1, 0.62, 0.42] as const;
const centreVariance = 0.1;
const sizeVariance = 0.2;

/** The four numbers of each anchor: centre x, centre y, width, height, in parts of the picture. */
export function aizooAnchors(): Float32Array {
  const numbers: number[] = [];
  for (const { cells, sizes } of levels) {
    const [first] = sizes;
    // Both sizes as squares, then the first one in the other shapes.
    const shapes = [
      ...sizes.map((size) => [size, 1] as const),
      ...ratios.slice(1).map((r) => [first, r] as const),
    ];
    for (let cell = 0; cell < cells * cells; cell++) {
      const x = ((cell % cells) + 0.5) / cells;
      const y = (Math.floor(cell / cells) + 0.5) / cells;
      for (const [size, ratio] of shapes) {
        numbers.push(x, y, size * Math.sqrt(ratio), size / Math.sqrt(ratio));
      }
    }
  }
  return Float32Array.from(numbers);
}

/** A face as the network tells it. */
export interface AizooFace extends Detection {
  /** Probability of the two classes, as the network gives them. */
  readonly mask: number;
  readonly noMask: number;
}

/**
 * Reads the faces of one picture from the network's two outputs, as its authors do: a face scores as its likelier class does, and
 * boxes that overlap by more than 0.4 are one face.
 *
 * @param offsets four numbers an anchor
 * @param classes two numbers an anchor: with mask, without
 * @param size of the picture in pixels, in which the boxes are told
 */
export function aizooFaces(
  anchors: Float32Array,
  offsets: Float32Array,
  classes: Float32Array,
  size: { readonly width: number; readonly height: number },
  minScore: number,
): AizooFace[] {
  const faces: AizooFace[] = [];
  for (let at = 0; at * 2 < classes.length; at++) {
    const mask = classes[at * 2] ?? 0;
    const noMask = classes[at * 2 + 1] ?? 0;
    const score = Math.max(mask, noMask);
    if (score < minScore) continue;
    const number = (from: Float32Array, index: number): number => from[at * 4 + index] ?? 0;
    const width = number(anchors, 2) * Math.exp(number(offsets, 2) * sizeVariance);
    const height = number(anchors, 3) * Math.exp(number(offsets, 3) * sizeVariance);
    const x = number(anchors, 0) + number(offsets, 0) * centreVariance * number(anchors, 2) - width / 2;
    const y = number(anchors, 1) + number(offsets, 1) * centreVariance * number(anchors, 3) - height / 2;
    const box = {
      x: x * size.width,
      y: y * size.height,
      width: width * size.width,
      height: height * size.height,
    };
    faces.push({ box, score, mask, noMask });
  }
  const kept = new Set<Detection>(nonMaxSuppression(faces, 0.4));
  return faces.filter((face) => kept.has(face));
}
