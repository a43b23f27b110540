import { createCropNetwork } from '../../classify/crop-network.js';
import type { OutputClass } from '../../classify/manifest.js';
import { openWeights } from '../../classify/open-weights.js';
import type { Engine, Tf } from '../../engine/engine.js';
import { outputOf } from '../lab-class.js';

/** A finished network that a run learns from beside the labels. */
export interface TeacherChoice {
  /** Its weights folder. */
  readonly folder: string;
  /** Part of the loss that is the teacher's, 0..1; the labels' is the rest. */
  readonly share: number;
  /** Both sides' logits are divided by it before they are compared (Hinton et al. 2015); 1 or more. */
  readonly temperature: number;
}

/** What a teacher says of pictures. */
export interface Teacher {
  /** Tells what it would say: the same key, the same rows for the same pictures. */
  readonly key: string;
  /**
   * Softened probabilities of the student's outputs.
   *
   * @param pixels rgb24 squares of the student's input, one after another
   * @param size their side in pixels; they are resized where the teacher takes another
   * @returns one row a picture, each sums to 1
   */
  rows(pixels: Uint8Array, size: number): Float32Array;
  /** Whether it knows what an output of the student stands for; of the others it can say nothing. */
  covers(output: number): boolean;
  /** Frees its weights; idempotent. */
  close(): void;
}

/** Opens a teacher for a student of `outputs` outputs. @throws WeightsError for a weights folder that cannot be used */
export async function openTeacher(
  engine: Engine,
  { folder, temperature }: TeacherChoice,
  outputs: number,
): Promise<Teacher> {
  const { manifest, model } = await openWeights(engine.tf, folder);
  const { classes, inputSize, files } = manifest;
  const network = await createCropNetwork(engine, model, manifest);
  const covered = new Set(classes.map((name) => outputOf(name, outputs)));
  return {
    key: [files['weights.bin'], files['model.json'], outputs, temperature].join(' '),
    covers: (output) => covered.has(output),
    rows: (pixels, size) => {
      const count = pixels.length / (size * size * 3);
      const said = network.run(resized(engine.tf, pixels, size, inputSize), count);
      return soften(said, classes, outputs, temperature);
    },
    close: () => network.close(),
  };
}

/**
 * Probabilities of a teacher's classes as those of a student's outputs: classes that share an output are added, what the
 * student cannot say is left out, and the rest is softened and scaled to sum to 1.
 */
export function soften(
  said: Float32Array,
  classes: readonly OutputClass[],
  outputs: number,
  temperature: number,
): Float32Array {
  const count = said.length / classes.length;
  const rows = new Float32Array(count * outputs);
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * outputs, (i + 1) * outputs);
    classes.forEach((name, c) => {
      const output = outputOf(name, outputs);
      if (output >= 0) row[output] = (row[output] ?? 0) + (said[i * classes.length + c] ?? 0);
    });
    row.forEach((p, output) => (row[output] = p ** (1 / temperature)));
    const sum = row.reduce((a, b) => a + b, 0);
    if (sum > 0) row.forEach((p, output) => (row[output] = p / sum));
  }
  return rows;
}

function resized(tf: Tf, pixels: Uint8Array, from: number, to: number): Uint8Array {
  if (from === to) return pixels;
  return tf.tidy(() => {
    const pictures = tf.tensor4d(pixels, [pixels.length / (from * from * 3), from, from, 3], 'int32');
    return Uint8Array.from(tf.image.resizeBilinear(pictures, [to, to], false, true).round().dataSync());
  });
}

/** The rows of a teacher without those of faces it can say nothing of: these become all 0. Changes `rows`. */
export function opinions(teacher: Teacher, rows: Float32Array, outputs: Int32Array): Float32Array {
  const width = rows.length / outputs.length;
  outputs.forEach((output, i) => {
    if (!teacher.covers(output)) rows.fill(0, i * width, (i + 1) * width);
  });
  return rows;
}
