import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Box } from '../../image.js';
import type { WornState } from '../../mask-classifier.js';
import { readSceneClusters, reservedGroups } from '../data/scene-clusters.js';

/** A labelled face of a scene, in pixels of the scene's picture. */
export interface LabelledFace {
  readonly box: Box;
  readonly label: WornState;
}

/** A photograph with all its faces. */
export interface Scene {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly faces: readonly LabelledFace[];
}

interface LabelFile {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly { label: WornState; x: number; y: number; w: number; h: number }[];
}

/** Every n-th scene of these sets, by sorted file name, is public validation; its near-duplicates are left out too. */
export const reservedEvery: Readonly<Record<string, number>> = { voc853: 8, ilc: 10 };

/**
 * The scenes that may be trained on.
 *
 * @param root folder with `<set>/labels.json` and `<set>/images/`
 * @param clustersFile table of near-duplicate scenes
 */
export async function readTrainingScenes(root: string, clustersFile: string): Promise<Scene[]> {
  const clusters = await readSceneClusters(clustersFile);
  const reserved = new Set<string>();
  const sets = await Promise.all(
    Object.entries(reservedEvery).map(async ([set, every]) => {
      const scenes = JSON.parse(await readFile(join(root, set, 'labels.json'), 'utf8')) as LabelFile[];
      for (const group of reservedGroups(
        scenes.map(({ file }) => file),
        every,
        clusters,
      ))
        reserved.add(group);
      return { set, scenes };
    }),
  );
  return sets.flatMap(({ set, scenes }) =>
    scenes
      .filter(({ file }) => !reserved.has(clusters.get(stem(file)) ?? stem(file)))
      .map((scene) => ({
        path: join(root, set, 'images', scene.file),
        width: scene.width,
        height: scene.height,
        faces: scene.boxes.map(({ label, x, y, w, h }) => ({ label, box: { x, y, width: w, height: h } })),
      })),
  );
}

function stem(file: string): string {
  return file.replace(/\.[^.]*$/, '');
}
