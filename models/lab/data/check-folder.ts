import { join } from 'node:path';
import { decodePicture } from '../../picture.js';
import type { CacheSpeed } from './cache-speed.js';
import { mapAhead } from './map-ahead.js';
import { findNearDuplicates } from './near-duplicates.js';
import { perceptualHash } from './perceptual-hash.js';
import { duplicateBits } from './picture-groups.js';
import type { SplitPart } from './split.js';

/** What can be wrong with a picture or its label. */
export const findingKinds = [
  'unreadable',
  'bad label',
  'too small',
  'duplicate',
  'duplicate with another label',
  'duplicate across parts',
] as const;

/** Something that a person should look at. */
export interface DataFinding {
  readonly kind: (typeof findingKinds)[number];
  readonly file: string;
  /** The picture that it repeats, or null. */
  readonly other: string | null;
  readonly detail: string;
}

/** A picture to be checked. */
export interface CheckedPicture {
  /** Path below the root. */
  readonly file: string;
  readonly label: string;
  /** Size in pixels that its label tells, where it tells one. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** What a labelled folder holds, and what is wrong with it. */
export interface DataReport {
  readonly pictures: number;
  readonly labels: Readonly<Record<string, number>>;
  readonly findings: readonly DataFinding[];
  /** What the cache of decoded faces is worth, where that was measured. */
  readonly cache?: CacheSpeed;
}

/**
 * Looks at every picture of a labelled folder; names what is wrong and goes on.
 * @param parts which part of a split a file is in; empty where there is none
 * @param leastSide short side in pixels under which a picture is too small
 */
export async function checkFolder(
  root: string,
  pictures: readonly CheckedPicture[],
  parts: ReadonlyMap<string, SplitPart>,
  leastSide: number,
): Promise<DataReport> {
  const findings: DataFinding[] = [];
  const hashes: (Uint32Array | null)[] = [];
  const looks = mapAhead(pictures, 8, ({ file }) => look(join(root, file)));
  let at = 0;
  for await (const seen of looks) {
    const { file, size } = pictures[at++] ?? { file: '' };
    hashes.push('message' in seen ? null : seen.hash);
    if ('message' in seen) findings.push({ kind: 'unreadable', file, other: null, detail: seen.message });
    else if (Math.min(seen.width, seen.height) < leastSide) {
      findings.push({ kind: 'too small', file, other: null, detail: `${seen.width}x${seen.height}` });
    }
    if (size && !('message' in seen) && (size.width !== seen.width || size.height !== seen.height)) {
      const detail = `labelled as ${size.width}x${size.height}, is ${seen.width}x${seen.height}`;
      findings.push({ kind: 'bad label', file, other: null, detail });
    }
  }
  for (const { first, second, distance } of findNearDuplicates(hashes, duplicateBits)) {
    const [a, b] = [pictures[first], pictures[second]];
    if (a && b) findings.push(duplicate(a, b, distance, parts));
  }
  const labels: Record<string, number> = {};
  for (const { label } of pictures) labels[label] = (labels[label] ?? 0) + 1;
  return { pictures: pictures.length, labels, findings };
}

function duplicate(
  a: CheckedPicture,
  b: CheckedPicture,
  distance: number,
  parts: ReadonlyMap<string, SplitPart>,
): DataFinding {
  const [partA, partB] = [parts.get(a.file), parts.get(b.file)];
  const torn = partA !== undefined && partB !== undefined && partA !== partB;
  const kind = torn
    ? 'duplicate across parts'
    : a.label === b.label
      ? 'duplicate'
      : 'duplicate with another label';
  const where = torn ? `, ${partB} and ${partA}` : '';
  return { kind, file: b.file, other: a.file, detail: `${distance} of 256 bits differ${where}` };
}

type Look =
  | { readonly width: number; readonly height: number; readonly hash: Uint32Array }
  | { readonly message: string };

async function look(path: string): Promise<Look> {
  try {
    const { width, height } = await decodePicture(path);
    return { width, height, hash: await perceptualHash(path) };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}
