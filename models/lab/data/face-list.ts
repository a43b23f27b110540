import type { OutputClass } from '../../classify/manifest.js';
import { findNearDuplicates } from './near-duplicates.js';
import type { NearDuplicate } from './near-duplicates.js';
import { groupName, sourceName } from './group-name.js';
import type { LabelledPicture } from './labelled-folder.js';
import type { SceneClusters } from './scene-clusters.js';
import { UnionFind } from './union-find.js';

/** A labelled face with the group that no split may divide. */
export interface GroupedFace {
  readonly file: string;
  readonly label: OutputClass;
  readonly group: string;
  readonly source: string;
}

/** Faces with their groups, and the pairs that made pictures of different names one group. */
export interface GroupedFaces {
  readonly faces: readonly GroupedFace[];
  readonly duplicates: readonly NearDuplicate[];
}

/** The scene or person of a picture by its name, and the cluster where the scene belongs to one. */
export function clusterName(file: string, clusters: SceneClusters): string {
  const name = groupName(file);
  return clusters.get(name) ?? name;
}

/** Hashes that differ in at most this many of 256 bits show the same picture. */
export const duplicateBits = 20;

/**
 * Puts pictures into groups: by scene or person as their names tell, by cluster where the scene is known to have near
 * duplicates, and by looks across all of that.
 * @param hashes perceptual hash of each picture, null where it could not be read
 */
export function groupFaces(
  pictures: readonly LabelledPicture[],
  hashes: readonly (Uint32Array | null)[],
  clusters: SceneClusters,
): GroupedFaces {
  const names = pictures.map(({ file }) => clusterName(file, clusters));
  const sets = new UnionFind(pictures.length);
  const firstOf = new Map<string, number>();
  names.forEach((name, at) => {
    const first = firstOf.get(name);
    if (first === undefined) firstOf.set(name, at);
    else sets.join(first, at);
  });
  const duplicates = findNearDuplicates(hashes, duplicateBits);
  for (const { first, second } of duplicates) sets.join(first, second);
  const faces = pictures.map(({ file, label }, at) => ({
    file,
    label,
    group: names[sets.find(at)] ?? file,
    source: sourceName(file),
  }));
  return { faces, duplicates };
}
