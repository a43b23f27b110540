import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Box } from '../../image.js';
import { wornStates } from '../../mask-classifier.js';
import type { WornState } from '../../mask-classifier.js';

const schema = z.array(
  z.object({
    file: z.string().min(1),
    width: z.number().positive(),
    height: z.number().positive(),
    boxes: z.array(
      z.object({ label: z.enum(wornStates), x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
    ),
  }),
);

/** A labelled face of a scene. */
export interface SceneBox {
  readonly label: WornState;
  /** In pixels of the scene's picture. */
  readonly box: Box;
}

/** A whole picture with all its faces labelled. */
export interface LabelledScene {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly SceneBox[];
}

/**
 * Reads `labels.json`: `[{file, width, height, boxes: [{label, x, y, w, h}]}]`.
 * @throws Error naming what does not fit
 */
export async function readSceneLabels(path: string): Promise<LabelledScene[]> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} cannot be read as JSON`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.map((scene) => ({
    ...scene,
    boxes: scene.boxes.map(({ label, x, y, w, h }) => ({ label, box: { x, y, width: w, height: h } })),
  }));
}
