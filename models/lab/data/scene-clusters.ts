import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Suspect } from './face-source.js';

/** Near-duplicate scenes: the cluster of a scene by the stem of its file name. */
export type SceneClusters = ReadonlyMap<string, string>;

/** Reads a table of `scene picture <tab> cluster`, lines starting with `#` left out. */
export async function readSceneClusters(path: string): Promise<SceneClusters> {
  return new Map(
    (await readTable(path)).map(([file, cluster]) => [
      basename(file ?? '', extname(file ?? '')),
      `cluster ${cluster ?? ''}`,
    ]),
  );
}

/** Reads the table of faces whose label is doubtful: file, label, what models say, their probability, short side. */
export async function readSuspects(path: string): Promise<Suspect[]> {
  return (await readTable(path)).map(([file = '', label = '', , , side = '']) => ({
    file,
    label,
    side: Number(side),
  }));
}

async function readTable(path: string): Promise<string[][]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
}

/**
 * The groups that are kept out of training for a public validation: every `every`-th scene of a list, by sorted file
 * name, with all scenes of its cluster.
 * @param files names of the scene pictures
 */
export function reservedGroups(
  files: readonly string[],
  every: number,
  clusters: SceneClusters,
): Set<string> {
  const reserved = new Set<string>();
  [...files].sort().forEach((file, at) => {
    const stem = basename(file, extname(file));
    if (at % every === 0) reserved.add(clusters.get(stem) ?? stem);
  });
  return reserved;
}
