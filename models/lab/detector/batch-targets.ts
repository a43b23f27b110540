import type { DenseMap } from '../../detect/dense-map.js';
import type { DetectorNetwork } from '../../detect/own/run-network.js';
import { assignTargets } from './assign-targets.js';
import { blendTeachers } from './blend-teachers.js';
import { strides } from './detector-h.js';
import type { DetectorBatch } from './sample-source.js';

/** Networks to learn from. */
export interface Teachers {
  readonly first: DetectorNetwork;
  /** Heard about bare faces only. */
  readonly bare?: DetectorNetwork;
  /** Least score they are taken to give a bare face, labelled or planted, 0..1. */
  readonly leastBare: number;
}

/** What the cells of all pictures of a batch should answer, one picture after the other: see `CellTargets`. */
export interface BatchTargets {
  readonly scores: Float32Array;
  readonly positives: Float32Array;
  readonly boxes: Float32Array;
}

/** Asks the teachers about a batch and mixes their answers with its labels. */
export async function batchTargets(
  { first, bare, leastBare }: Teachers,
  batch: DetectorBatch,
): Promise<BatchTargets> {
  const all = Array.from({ length: batch.count }, (_, at) => at);
  const known = all.map((at) => [...(batch.faces[at] ?? []), ...(batch.likely[at] ?? [])]);
  const withBare = all.filter((at) => known[at]?.some(({ label }) => label === 'no_mask'));
  const answers = await ask(first, batch, all);
  const second = bare === undefined ? [] : await ask(bare, batch, withBare);
  const pictures = all.map((at) => {
    const maps = answers[at] ?? [];
    const others = second[withBare.indexOf(at)];
    const masked = (known[at] ?? []).filter(({ label }) => label !== 'no_mask').map(({ box }) => box);
    const faces = { labelled: batch.faces[at] ?? [], likely: batch.likely[at] ?? [] };
    return assignTargets(others === undefined ? maps : blendTeachers(maps, others, masked), faces, leastBare);
  });
  return {
    scores: join(pictures.map(({ scores }) => scores)),
    positives: join(pictures.map(({ positives }) => positives)),
    boxes: join(pictures.map(({ boxes }) => boxes)),
  };
}

/** The maps of some pictures of a batch. */
async function ask(
  teacher: DetectorNetwork,
  { pixels, size }: DetectorBatch,
  which: readonly number[],
): Promise<DenseMap[][]> {
  if (which.length === 0) return [];
  const bytes = size * size * 3;
  const images = which.map((at) => ({
    width: size,
    height: size,
    data: pixels.subarray(at * bytes, (at + 1) * bytes),
  }));
  const layout = { width: size, height: size, inputWidth: size, inputHeight: size };
  const answers = await teacher.run(images, layout);
  return which.map((_picture, at) =>
    strides.map((stride, level) => {
      const side = size / stride;
      const length = side * side * 5;
      const data = (answers[level] ?? new Float32Array()).subarray(at * length, (at + 1) * length);
      return { stride, rows: side, columns: side, data };
    }),
  );
}

function join(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
