import { readDetections } from './detections.js';
import { cacheFaces } from './cache-faces.js';
import type { Exclusions, FaceSource, LeftOut } from './face-source.js';
import { collectFolder } from './folder-faces.js';
import { readSceneClusters, readSuspects, reservedGroups } from './scene-clusters.js';
import { collectScenes } from '../scenes/scene-faces.js';
import { readScenes } from '../scenes/read-scenes.js';
import { readSplit, writeSplit } from './split-file.js';
import { splitByGroup } from './split.js';
import type { SplitFractions, SplitPart } from './split.js';

/** Where a data set lies and how it is divided. */
export interface DataSetRequest {
  /** Folder with `mask/ no_mask/ incorrect/`. */
  readonly data?: string | undefined;
  /** `labels.json` of scenes, or `labels.json=detections.ndjson` to take their faces at a detector's boxes. */
  readonly scenes: readonly string[];
  readonly cache: string;
  /** Table of near-duplicate scenes. */
  readonly clusters?: string | undefined;
  /** Table of faces to leave out. */
  readonly suspects?: string | undefined;
  /** `labels.json:8`: every 8th scene of the list, by file name, stays out for a public validation. */
  readonly reserve: readonly string[];
  /** Collections of the folder to pass over. */
  readonly without: readonly string[];
  /** Boxes of a detector in the folder's pictures, as `classify --json` prints them. */
  readonly detections?: string | undefined;
  /** Whether scenes give `reject` examples. */
  readonly rejects: boolean;
  /** File that keeps the split; written when missing. */
  readonly split: string;
  readonly fractions: SplitFractions;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** A data set with its patches and its split. */
export interface DataSet {
  /** Folder of the patch store. */
  readonly store: string;
  readonly faces: readonly FaceSource[];
  readonly leftOut: Readonly<LeftOut>;
  readonly parts: ReadonlyMap<string, SplitPart>;
}

/** Collects the faces, caches their patches, and reads their split or makes it. @throws Error naming what is wrong */
export async function loadDataSet(request: DataSetRequest): Promise<DataSet> {
  const exclusions = await readExclusions(request);
  const collected = [];
  if (request.data !== undefined) {
    const detections = request.detections
      ? await readDetections(request.detections)
      : new Map<string, never>();
    collected.push(
      await collectFolder({
        ...exclusions,
        root: request.data,
        cache: request.cache,
        without: new Set(request.without),
        detections,
        say: request.say,
      }),
    );
  }
  for (const entry of request.scenes) {
    const [labels = '', found] = entry.split('=');
    const detections = found ? await readDetections(found) : new Map<string, never>();
    const { rejects, seed, say } = request;
    collected.push(await collectScenes({ ...exclusions, labels, detections, rejects, seed, say }));
  }
  const faces = collected.flatMap((part) => part.faces);
  if (faces.length === 0) throw new Error('no faces to train on: give --data or --scenes');
  const leftOut: LeftOut = { suspect: 0, reserved: 0, unreadable: 0 };
  for (const part of collected) {
    leftOut.suspect += part.leftOut.suspect;
    leftOut.reserved += part.leftOut.reserved;
    leftOut.unreadable += part.leftOut.unreadable;
  }
  const parts = await splitOf(faces, request);
  return { store: await cacheFaces(request.cache, faces, request.say), faces, leftOut, parts };
}

async function readExclusions(request: DataSetRequest): Promise<Exclusions> {
  const clusters = request.clusters ? await readSceneClusters(request.clusters) : new Map<string, string>();
  const reserved = new Set<string>();
  for (const entry of request.reserve) {
    const [, path, every] = /^(.+):(\d+)$/.exec(entry) ?? [];
    if (path === undefined) throw new Error(`${entry}: must look like labels.json:8`);
    const files = (await readScenes(path, request.say)).map(({ file }) => file);
    for (const group of reservedGroups(files, Number(every), clusters)) reserved.add(group);
  }
  return { clusters, reserved, suspects: request.suspects ? await readSuspects(request.suspects) : [] };
}

async function splitOf(
  faces: readonly FaceSource[],
  { split, seed, fractions, say }: DataSetRequest,
): Promise<ReadonlyMap<string, SplitPart>> {
  const stored = await readSplit(split);
  if (!stored) {
    const parts = splitByGroup(faces, fractions, seed);
    await writeSplit(split, { seed, fractions, parts });
    return parts;
  }
  const missing = faces.filter(({ file }) => !stored.parts.has(file)).length;
  if (missing > 0) say(`${missing} faces are not in ${split} and take no part.`);
  refuseDividedGroups(faces, stored.parts, split);
  return stored.parts;
}

/** A stored split may be older than the groups; one that tears a group apart would flatter every figure. */
function refuseDividedGroups(
  faces: readonly FaceSource[],
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
  const counts: Record<SplitPart, Record<string, number>> = { train: {}, validation: {}, test: {} };
  for (const { file, label } of faces) {
    const part = parts.get(file);
    if (part) counts[part][label] = (counts[part][label] ?? 0) + 1;
  }
  return counts;
}
