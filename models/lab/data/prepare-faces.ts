import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { facePictureBox } from '../../crop.js';
import type { Detection } from '../../detector.js';
import { cutPatch } from './cut-patch.js';
import { clusterName, groupFaces } from './face-list.js';
import type { GroupedFace } from './face-list.js';
import { readLabelledFolder } from './labelled-folder.js';
import type { LabelledPicture } from './labelled-folder.js';
import { mapAhead } from './map-ahead.js';
import { writePatchStore } from './patch-store.js';
import type { NewPatch } from './patch-store.js';
import { hashWords, perceptualHash } from './perceptual-hash.js';
import { decodePicture } from '../../picture.js';
import type { SceneClusters } from './scene-clusters.js';

/** The part of a face picture that the face itself is taken to fill where no detector found it. */
export const assumedFill = 0.74;

/** What to make of a labelled folder. */
export interface FacesRequest {
  readonly root: string;
  /** Folder under which prepared sets are kept, outside the work tree. */
  readonly cache: string;
  readonly clusters: SceneClusters;
  /** Groups that are kept for a public validation. */
  readonly reserved: ReadonlySet<string>;
  /** Files to leave out, as `faces/mask/a.jpg` or `mask/a.jpg`. */
  readonly suspects: ReadonlySet<string>;
  /** What a detector found in each picture; empty for none. */
  readonly detections: ReadonlyMap<string, readonly Detection[]>;
  readonly say: (line: string) => void;
}

/** A labelled folder, ready to train on. */
export interface PreparedFaces {
  /** Folder of the patch store. */
  readonly store: string;
  readonly faces: readonly GroupedFace[];
  readonly leftOut: Readonly<Record<'suspect' | 'reserved' | 'unreadable', number>>;
}

/** Groups the pictures of a folder and caches a patch of each; what is cached already is not done again. */
export async function prepareFaces(request: FacesRequest): Promise<PreparedFaces> {
  const { root, suspects, say } = request;
  const all = await readLabelledFolder(root);
  const wanted = all.filter(({ file }) => !suspects.has(file) && !suspects.has(`faces/${file}`));
  const folder = join(request.cache, await fingerprint(root, wanted, request));
  await mkdir(folder, { recursive: true });
  const hashes = await cachedHashes(folder, root, wanted, say);
  const readable = wanted.flatMap((picture, at) => (hashes[at] ? [{ picture, hash: hashes[at] }] : []));
  const { faces } = groupFaces(
    readable.map((r) => r.picture),
    readable.map((r) => r.hash),
    request.clusters,
  );
  const kept = withoutReserved(faces, request);
  await cachePatches(folder, kept, request);
  return {
    store: folder,
    faces: kept,
    leftOut: {
      suspect: all.length - wanted.length,
      unreadable: wanted.length - readable.length,
      reserved: faces.length - kept.length,
    },
  };
}

/** Names the cache folder by all that decides its content. */
async function fingerprint(
  root: string,
  pictures: readonly LabelledPicture[],
  request: FacesRequest,
): Promise<string> {
  const hash = createHash('sha256').update(`faces 1 ${root}`);
  for (const { file } of pictures) {
    const { size, mtimeMs } = await stat(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  hash.update(JSON.stringify([[...request.clusters], [...request.reserved], [...request.detections]]));
  return hash.digest('hex').slice(0, 16);
}

/** A group that holds one reserved face, by looks or by name, is reserved whole. */
function withoutReserved(faces: readonly GroupedFace[], { reserved, clusters }: FacesRequest): GroupedFace[] {
  const held = faces.filter(({ file }) => reserved.has(clusterName(file, clusters)));
  const groups = new Set(held.map(({ group }) => group));
  return faces.filter(({ group }) => !groups.has(group));
}

async function cachedHashes(
  folder: string,
  root: string,
  pictures: readonly LabelledPicture[],
  say: (line: string) => void,
): Promise<(Uint32Array | null)[]> {
  const path = join(folder, 'hashes.bin');
  const bytesEach = hashWords * 4;
  const stored = await readFile(path).catch(() => null);
  if (stored?.length === pictures.length * bytesEach) {
    const words = new Uint32Array(Uint8Array.from(stored).buffer);
    return pictures.map((_, i) => {
      const hash = words.slice(i * hashWords, (i + 1) * hashWords);
      return hash.some((word) => word !== 0) ? hash : null;
    });
  }
  say(`Looking for near duplicates among ${pictures.length} pictures.`);
  const hashes: (Uint32Array | null)[] = [];
  const unreadable = (error: unknown, file: string): null => {
    say(`Left out ${file}: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  };
  const work = ({ file }: LabelledPicture): Promise<Uint32Array | null> =>
    perceptualHash(join(root, file)).catch((error: unknown) => unreadable(error, file));
  for await (const hash of mapAhead(pictures, 8, work)) hashes.push(hash);
  const flat = new Uint32Array(pictures.length * hashWords);
  hashes.forEach((hash, i) => hash && flat.set(hash, i * hashWords));
  await writeFile(path, Buffer.from(flat.buffer));
  return hashes;
}

async function cachePatches(
  folder: string,
  faces: readonly GroupedFace[],
  request: FacesRequest,
): Promise<void> {
  const done = await stat(join(folder, 'index.json')).catch(() => null);
  if (done) return;
  request.say(`Caching ${faces.length} face patches in ${folder}.`);
  await writePatchStore(
    folder,
    mapAhead(faces, 8, (face) => patchOf(face, request)),
  );
}

async function patchOf(face: GroupedFace, { root, detections }: FacesRequest): Promise<NewPatch> {
  const image = await decodePicture(join(root, face.file));
  const found = largest(detections.get(face.file) ?? []);
  const box = found?.box ?? facePictureBox(image, assumedFill);
  return {
    facts: { ...face, faceSide: Math.max(box.width, box.height), detected: found !== null },
    patch: cutPatch(image, box),
  };
}

/** The face that a face picture is of: the largest that is surely one. */
function largest(found: readonly Detection[]): Detection | null {
  const sure = found.filter(({ score }) => score >= 0.4);
  const area = ({ box }: Detection): number => box.width * box.height;
  return sure.reduce<Detection | null>((best, one) => (best && area(best) >= area(one) ? best : one), null);
}
