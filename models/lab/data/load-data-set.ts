import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readDetections } from './detections.js';
import type { GroupedFace } from './face-list.js';
import { prepareFaces } from './prepare-faces.js';
import type { PreparedFaces } from './prepare-faces.js';
import { readSceneClusters, readSuspects, reservedGroups } from './scene-clusters.js';
import { readSplit, writeSplit } from './split-file.js';
import { splitByGroup, splitParts } from './split.js';
import type { SplitFractions, SplitPart } from './split.js';

/** Where a data set lies and how it is divided. */
export interface DataSetRequest {
  /** Folder with `mask/ no_mask/ incorrect/`. */
  readonly data: string;
  readonly cache: string;
  /** Table of near-duplicate scenes. */
  readonly clusters?: string | undefined;
  /** Table of faces to leave out. */
  readonly suspects?: string | undefined;
  /** `labels.json:8`: every 8th scene of the list, by file name, stays out for a public validation. */
  readonly reserve: readonly string[];
  /** Boxes of a detector, as `classify --json` prints them. */
  readonly detections?: string | undefined;
  /** File that keeps the split; written when missing. */
  readonly split: string;
  readonly fractions: SplitFractions;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** A data set with its split. */
export interface DataSet extends PreparedFaces {
  readonly parts: ReadonlyMap<string, SplitPart>;
}

const scenesSchema = z.array(z.object({ file: z.string() }));

/** Prepares the faces of a folder, and reads their split or makes it. @throws Error naming what is wrong */
export async function loadDataSet(request: DataSetRequest): Promise<DataSet> {
  const clusters = request.clusters ? await readSceneClusters(request.clusters) : new Map<string, string>();
  const reserved = new Set<string>();
  for (const entry of request.reserve) {
    const [, path, every] = /^(.+):(\d+)$/.exec(entry) ?? [];
    if (path === undefined) throw new Error(`${entry}: must look like labels.json:8`);
    const scenes = scenesSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    const files = scenes.map(({ file }) => file);
    for (const group of reservedGroups(files, Number(every), clusters)) reserved.add(group);
  }
  const prepared = await prepareFaces({
    root: request.data,
    cache: request.cache,
    clusters,
    reserved,
    suspects: request.suspects ? await readSuspects(request.suspects) : new Set(),
    detections: request.detections ? await readDetections(request.detections) : new Map(),
    say: request.say,
  });
  return { ...prepared, parts: await splitOf(prepared.faces, request) };
}

async function splitOf(
  faces: readonly GroupedFace[],
  request: DataSetRequest,
): Promise<ReadonlyMap<string, SplitPart>> {
  const stored = await readSplit(request.split);
  if (!stored) {
    const { seed, fractions } = request;
    const parts = splitByGroup(faces, fractions, seed);
    await writeSplit(request.split, { seed, fractions, parts });
    return parts;
  }
  const missing = faces.filter(({ file }) => !stored.parts.has(file)).length;
  if (missing > 0) request.say(`${missing} faces are not in ${request.split} and take no part.`);
  refuseDividedGroups(faces, stored.parts, request.split);
  return stored.parts;
}

/** A stored split may be older than the groups; one that tears a group apart would flatter every figure. */
function refuseDividedGroups(
  faces: readonly GroupedFace[],
  parts: ReadonlyMap<string, SplitPart>,
  path: string,
): void {
  const seen = new Map<string, SplitPart>();
  for (const { file, group } of faces) {
    const part = parts.get(file);
    if (!part) continue;
    const other = seen.get(group) ?? part;
    if (other !== part) throw new Error(`${path} divides the group ${group}: remove it to split anew`);
    seen.set(group, part);
  }
}

/** Faces of each label in each part. */
export function countParts({ faces, parts }: DataSet): Record<SplitPart, Record<string, number>> {
  const counts = Object.fromEntries(splitParts.map((part) => [part, {}])) as Record<
    SplitPart,
    Record<string, number>
  >;
  for (const { file, label } of faces) {
    const part = parts.get(file);
    if (part) counts[part][label] = (counts[part][label] ?? 0) + 1;
  }
  return counts;
}
