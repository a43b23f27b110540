import type { Box } from '../../image.js';
import type { Random } from '../random.js';
import type { LabelledFace, Scene } from './scene-list.js';

/** Which part of a photograph becomes a training picture, and at what scale. */
export interface CropPlace {
  /** Pixels of the training picture for each pixel of the photograph. */
  readonly scale: number;
  /** Top-left corner of the picture in scaled pixels of the photograph; may lie outside of it. */
  readonly left: number;
  readonly top: number;
  readonly mirrored: boolean;
}

/** The part of a scene that becomes a training picture. */
export interface CropPlan extends CropPlace {
  readonly scene: Scene;
}

/** How much a face of each label is sought out; bare and badly worn faces are the rarer ones. */
const labelWeight = { mask: 1, no_mask: 3.5, incorrect: 3 } as const;

/** Long sides to which pictures are brought where faces are looked for, and how often each is practised. */
const usualSides = [
  { side: 320, share: 0.65 },
  { side: 640, share: 0.35 },
] as const;

/**
 * Draws crops around faces: 40 % at a chosen size of the face, 30 % at the scale at which the detector will see the scene,
 * the others at any scale.
 */
export class CropPlanner {
  readonly #faces: { readonly scene: Scene; readonly box: Box }[] = [];
  /** Running sums of the faces' weights, for drawing by bisection. */
  readonly #sums: number[] = [];

  constructor(scenes: readonly Scene[]) {
    let sum = 0;
    for (const scene of scenes) {
      for (const { label, box } of scene.faces) {
        sum += labelWeight[label] / Math.sqrt(scene.faces.length);
        this.#faces.push({ scene, box });
        this.#sums.push(sum);
      }
    }
  }

  /** @param size side of the training picture in pixels */
  next(size: number, random: Random): CropPlan {
    const { scene, box } = this.#draw(random);
    const { width, height } = scene;
    const longSide = Math.max(width, height);
    const scale = drawScale(size, longSide, Math.sqrt(box.width * box.height), random);
    // Enlarging a face beyond four times teaches blur; a scene far smaller than the picture teaches black borders.
    const bounded = Math.min(Math.max(scale, (0.7 * size) / longSide), Math.max(4, (1.2 * size) / longSide));
    return {
      scene,
      scale: bounded,
      left: Math.round(place(box.x * bounded, box.width * bounded, width * bounded, size, random)),
      top: Math.round(place(box.y * bounded, box.height * bounded, height * bounded, size, random)),
      mirrored: random.uniform() < 0.5,
    };
  }

  #draw(random: Random): { scene: Scene; box: Box } {
    const wanted = random.uniform() * (this.#sums.at(-1) ?? 0);
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    const drawn = this.#faces[low];
    if (drawn === undefined) throw new RangeError('There are no labelled faces to train on');
    return drawn;
  }
}

/** Pixels of the training picture for each of the photograph. @param face side of the face in the photograph */
function drawScale(size: number, longSide: number, face: number, random: Random): number {
  const kind = random.uniform();
  if (kind < 0.4) return logUniform(8, 0.85 * size, random) / face;
  if (kind >= 0.7) return (logUniform(0.75, 5, random) * size) / longSide;
  const side = random.uniform() < usualSides[0].share ? usualSides[0].side : usualSides[1].side;
  return (side * logUniform(0.9, 1.1, random)) / longSide;
}

/**
 * The faces inside a crop, in pixels of the training picture. Faces of which less than 40 % can be seen are left out.
 */
export function facesInCrop(plan: CropPlan, size: number): LabelledFace[] {
  const inside: LabelledFace[] = [];
  for (const { label, box } of plan.scene.faces) {
    const width = box.width * plan.scale;
    const height = box.height * plan.scale;
    const x = box.x * plan.scale - plan.left;
    const y = box.y * plan.scale - plan.top;
    const seenX = Math.min(x + width, size) - Math.max(x, 0);
    const seenY = Math.min(y + height, size) - Math.max(y, 0);
    if (seenX <= 0 || seenY <= 0 || seenX * seenY < 0.4 * width * height) continue;
    inside.push({ label, box: { x: plan.mirrored ? size - x - width : x, y, width, height } });
  }
  return inside;
}

/** Where one side of the crop begins: the face anywhere inside it, and the crop in the scene or the scene in the crop. */
function place(start: number, length: number, total: number, size: number, random: Random): number {
  const slack = size - length;
  const begin = start - random.uniform() * Math.max(slack, 0) + Math.min(slack, 0) / 2;
  if (total <= size) return random.uniform() * (total - size);
  return Math.min(Math.max(begin, 0), total - size);
}

/** A number whose logarithm is drawn evenly. */
export function logUniform(low: number, high: number, random: Random): number {
  return Math.exp(Math.log(low) + random.uniform() * Math.log(high / low));
}
