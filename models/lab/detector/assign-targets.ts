import { boxOfCell, decode, type DenseMap, sigmoid } from '../../detect/dense-map.js';
import type { Detection } from '../../detector.js';
import type { Box } from '../../image.js';
import { nonMaxSuppression } from '../../detect/non-max-suppression.js';
import { overlap as iou } from '../../detect/overlap.js';
import type { LabelledFace } from './scene-list.js';

/** What one picture's cells should answer, over all levels one after the other. */
export interface CellTargets {
  /** Score each cell should have, 0..1. */
  readonly scores: Float32Array;
  /** 1 where the cell answers for a face, else 0. */
  readonly positives: Float32Array;
  /** dx, dy, log w, log h each positive cell should have; 0 elsewhere. */
  readonly boxes: Float32Array;
}

/** What is known of one picture. */
export interface PictureFaces {
  readonly labelled: readonly LabelledFace[];
  readonly likely: readonly LabelledFace[];
}

/** Faces smaller than this, in pixels of the network's input, are neither asked for nor forbidden. */
const leastSide = 5;

/**
 * Mixes labels and a teacher's answers into targets. Cells are given to faces by SimOTA (Ge et al., "YOLOX", 2021): cells
 * in the box or within 1.5 strides of its centre, at a cost of -3 ln IoU - ln p of the teacher, as many as the ten best
 * IoUs add up to. A positive cell's score is 0.6 q + 0.4 IoU of the teacher's q, at least 0.6 for a face labelled by
 * hand; elsewhere 0.75 q, and q itself where the teacher sees a face that nobody labelled.
 *
 * @param leastBare least q, 0..1, that is taken for a bare face, labelled or likely: a teacher made for masks is less sure of those, and ranks
 * them behind the masks
 */
export function assignTargets(
  teacher: readonly DenseMap[],
  faces: PictureFaces,
  leastBare: number,
): CellTargets {
  const cells = listCells(teacher);
  const found = nonMaxSuppression(decode(teacher, 0.2), 0.4);
  const { certain, ignored } = sortFaces(faces, found);
  const scores = Float32Array.from(cells, (cell) => 0.75 * cell.score);
  const positives = new Float32Array(cells.length);
  const boxes = new Float32Array(cells.length * 4);
  cells.forEach((cell, at) => {
    if (ignored.some((box) => inside(box, cell.x, cell.y))) scores[at] = cell.score;
  });
  const owners = new Map<
    number,
    { readonly cost: number; readonly face: CertainFace; readonly overlap: number }
  >();
  for (const face of certain) {
    for (const choice of chooseCells(cells, face.box)) {
      const owner = owners.get(choice.at);
      if (owner === undefined || choice.cost < owner.cost) owners.set(choice.at, { ...choice, face });
    }
  }
  for (const [at, { face, overlap }] of owners) {
    const cell = cells[at];
    if (cell === undefined) continue;
    const mixed = 0.6 * Math.max(cell.score, face.bare ? leastBare : 0) + 0.4 * overlap;
    scores[at] = face.byHand ? Math.max(mixed, 0.6) : mixed;
    positives[at] = 1;
    boxes.set(encode(mean(face.box, cell.box, overlap), cell), at * 4);
  }
  return { scores, positives, boxes };
}

interface Cell {
  readonly stride: number;
  /** Centre, in pixels of the input. */
  readonly x: number;
  readonly y: number;
  readonly score: number;
  readonly box: Box;
}

interface CertainFace {
  readonly box: Box;
  readonly byHand: boolean;
  /** Known to wear no mask. */
  readonly bare: boolean;
}

function listCells(maps: readonly DenseMap[]): Cell[] {
  return maps.flatMap((map) =>
    Array.from({ length: map.rows * map.columns }, (_, cell) => ({
      stride: map.stride,
      x: ((cell % map.columns) + 0.5) * map.stride,
      y: (Math.floor(cell / map.columns) + 0.5) * map.stride,
      score: sigmoid(map.data[cell * 5] ?? -Infinity),
      box: boxOfCell(map, cell),
    })),
  );
}

/** Which faces are asked for, and where no answer is wrong. */
function sortFaces(
  faces: PictureFaces,
  found: readonly Detection[],
): { certain: CertainFace[]; ignored: Box[] } {
  const certain: CertainFace[] = [];
  const ignored: Box[] = [];
  for (const { box, label } of faces.labelled) {
    if (Math.min(box.width, box.height) < leastSide) ignored.push(box);
    else certain.push({ box, byHand: true, bare: label === 'no_mask' });
  }
  for (const { box, label } of faces.likely) {
    const seen = found.find((one) => iou(one.box, box) >= 0.3);
    if (seen === undefined) ignored.push(box);
    else certain.push({ box: mean(box, seen.box, 1), byHand: true, bare: label === 'no_mask' });
  }
  for (const { box, score } of found) {
    if (certain.some((face) => iou(face.box, box) >= 0.3)) continue;
    if (score >= 0.75) certain.push({ box, byHand: false, bare: false });
    else if (score >= 0.45) ignored.push(box);
  }
  return { certain, ignored };
}

function chooseCells(cells: readonly Cell[], box: Box): { at: number; cost: number; overlap: number }[] {
  const [centreX, centreY] = [box.x + box.width / 2, box.y + box.height / 2];
  const candidates: { at: number; cost: number; overlap: number }[] = [];
  cells.forEach((cell, at) => {
    const near = 1.5 * cell.stride;
    const close = Math.abs(cell.x - centreX) <= near && Math.abs(cell.y - centreY) <= near;
    if (!close && !inside(box, cell.x, cell.y)) return;
    const overlap = iou(cell.box, box);
    const cost = -3 * Math.log(overlap + 1e-6) - Math.log(cell.score + 1e-6);
    candidates.push({ at, overlap, cost });
  });
  const best = candidates.map(({ overlap }) => overlap).sort((a, b) => b - a);
  const wanted = Math.max(1, Math.round(best.slice(0, 10).reduce((sum, overlap) => sum + overlap, 0)));
  return candidates.sort((a, b) => a.cost - b.cost).slice(0, wanted);
}

/** Between the label and the teacher's box, the nearer to the label the less they agree. */
function mean(label: Box, teacher: Box, agreement: number): Box {
  const share = 0.5 * Math.min(1, agreement / 0.6);
  const mix = (a: number, b: number) => a * (1 - share) + b * share;
  return {
    x: mix(label.x, teacher.x),
    y: mix(label.y, teacher.y),
    width: mix(label.width, teacher.width),
    height: mix(label.height, teacher.height),
  };
}

function encode(box: Box, { stride, x, y }: Cell): [number, number, number, number] {
  return [
    (box.x + box.width / 2 - x) / stride,
    (box.y + box.height / 2 - y) / stride,
    Math.log(box.width / stride),
    Math.log(box.height / stride),
  ];
}

function inside(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
