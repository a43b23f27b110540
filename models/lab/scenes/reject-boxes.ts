import type { Detection } from '../../detector.js';
import { overlap } from '../../detect/overlap.js';
import type { Box } from '../../image.js';
import type { Random } from '../random.js';
import type { LabelledScene } from './scene-labels.js';

/** Scores between which a detection that touches no label is taken for a false one; above, it may be an unlabelled face. */
const [lowScore, highScore] = [0.08, 0.4];
/** False detections of one scene that are kept, and backgrounds that are drawn. */
const [mostFalse, backgrounds] = [4, 2];

/**
 * Boxes of a scene that show no usable face: low-scored detections that touch no label, backgrounds clear of labels and
 * detections, and now and then a box shifted off a face by 0.9 to 1.4 sides.
 */
export function rejectBoxes(scene: LabelledScene, found: readonly Detection[], random: Random): Box[] {
  const labels = scene.boxes.map(({ box }) => box);
  const faces = [...labels, ...found.filter(({ score }) => score >= highScore).map(({ box }) => box)];
  const clearOf = (box: Box, others: readonly Box[]): boolean =>
    others.every((other) => overlap(box, other) === 0);
  const wrong = found
    .filter(({ box, score }) => score >= lowScore && score < highScore && clearOf(box, faces))
    .slice(0, mostFalse)
    .map(({ box }) => box);
  const empty = Array.from({ length: backgrounds }, () => drawBackground(scene, random)).filter((box) =>
    clearOf(box, [...faces, ...found.map((d) => d.box)]),
  );
  const shifted = labels
    .filter(() => random.uniform() < 0.08)
    .map((box) => shift(box, random))
    .filter((box) => faces.every((face) => overlap(box, face) < 0.1));
  return [...wrong, ...empty, ...shifted];
}

function drawBackground({ width, height }: LabelledScene, random: Random): Box {
  const side = 12 * ((0.4 * Math.min(width, height)) / 12) ** random.uniform();
  return {
    x: random.uniform() * (width - side),
    y: random.uniform() * (height - side),
    width: side,
    height: side,
  };
}

function shift(box: Box, random: Random): Box {
  const angle = 2 * Math.PI * random.uniform();
  const far = (0.9 + 0.5 * random.uniform()) * Math.max(box.width, box.height);
  return { ...box, x: box.x + far * Math.cos(angle), y: box.y + far * Math.sin(angle) };
}
