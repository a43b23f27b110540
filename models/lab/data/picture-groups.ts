import { findNearDuplicates } from './near-duplicates.js';
import type { NearDuplicate } from './near-duplicates.js';
import { groupName } from './group-name.js';
import type { LabelledPicture } from './labelled-folder.js';
import type { SceneClusters } from './scene-clusters.js';
import { UnionFind } from './union-find.js';

/** The group of each picture, in the order given, and the pairs that look alike. */
export interface PictureGroups {
  readonly groups: readonly string[];
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
export function groupPictures(
  pictures: readonly LabelledPicture[],
  hashes: readonly (Uint32Array | null)[],
  clusters: SceneClusters,
): PictureGroups {
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
  const groups = pictures.map(({ file }, at) => names[sets.find(at)] ?? file);
  return { groups, duplicates };
}
