import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Detection } from '../../detector.js';
import type { Collected, Exclusions, FaceSource } from './face-source.js';
import { sourceName } from './group-name.js';
import { readLabelledFolder } from './labelled-folder.js';
import type { LabelledPicture } from './labelled-folder.js';
import { mapAhead } from './map-ahead.js';
import { hashWords, perceptualHash } from './perceptual-hash.js';
import { clusterName, groupPictures } from './picture-groups.js';

/** A folder of face pictures. */
export interface FolderRequest extends Exclusions {
  readonly root: string;
  /** Folder under which hashes are kept. */
  readonly cache: string;
  /** Collections to pass over, for example because their scenes are given too. */
  readonly without: ReadonlySet<string>;
  /** What a detector found in each picture; empty for none. */
  readonly detections: ReadonlyMap<string, readonly Detection[]>;
  readonly say: (line: string) => void;
}

/** Collects the faces of `root/{mask,no_mask,incorrect}/`, grouped by name, cluster and looks. */
export async function collectFolder(request: FolderRequest): Promise<Collected> {
  const { root, clusters, reserved, detections } = request;
  const suspects = new Set(request.suspects.map(({ file }) => file.replace(/^faces\//, '')));
  const all = (await readLabelledFolder(root)).filter(({ file }) => !request.without.has(sourceName(file)));
  const wanted = all.filter(({ file }) => !suspects.has(file));
  const hashes = await cachedHashes(request, wanted);
  const readable = wanted.flatMap((picture, at) => {
    const hash = hashes[at];
    return hash ? [{ picture, hash }] : [];
  });
  const { groups } = groupPictures(
    readable.map(({ picture }) => picture),
    readable.map(({ hash }) => hash),
    clusters,
  );
  // A group that holds one reserved picture, by name or by looks, is reserved whole.
  const held = new Set(
    groups.filter((_, at) => reserved.has(clusterName(readable[at]?.picture.file ?? '', clusters))),
  );
  const faces = readable.map(({ picture: { file, label } }, at): FaceSource => {
    const found = largest(detections.get(file) ?? []);
    return {
      file,
      label,
      group: groups[at] ?? file,
      source: sourceName(file),
      picture: join(root, file),
      box: found?.box ?? null,
      detected: found !== null,
    };
  });
  const kept = faces.filter(({ group }) => !held.has(group));
  return {
    faces: kept,
    leftOut: {
      suspect: all.length - wanted.length,
      unreadable: wanted.length - readable.length,
      reserved: faces.length - kept.length,
    },
  };
}

/** The face that a face picture is of: the largest that is surely one. */
function largest(found: readonly Detection[]): Detection | null {
  const area = ({ box }: Detection): number => box.width * box.height;
  return found
    .filter(({ score }) => score >= 0.4)
    .reduce<Detection | null>((best, one) => (best && area(best) >= area(one) ? best : one), null);
}

async function cachedHashes(
  { root, cache, say }: FolderRequest,
  pictures: readonly LabelledPicture[],
): Promise<(Uint32Array | null)[]> {
  const names = pictures.map(({ file }) => file).join('\n');
  const key = createHash('sha256').update(`${root}\n${names}`).digest('hex').slice(0, 16);
  const path = join(cache, `hashes-${key}.bin`);
  const stored = await readFile(path).catch(() => null);
  if (stored?.length === pictures.length * hashWords * 4) {
    const words = new Uint32Array(Uint8Array.from(stored).buffer);
    return pictures.map((_, i) => {
      const hash = words.slice(i * hashWords, (i + 1) * hashWords);
      return hash.some((word) => word !== 0) ? hash : null;
    });
  }
  say(`Looking for near duplicates among ${pictures.length} pictures.`);
  const work = async ({ file }: LabelledPicture): Promise<Uint32Array | null> => {
    try {
      return await perceptualHash(join(root, file));
    } catch (error) {
      say(`Left out ${file}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  const hashes: (Uint32Array | null)[] = [];
  for await (const hash of mapAhead(pictures, 8, work)) hashes.push(hash);
  const flat = new Uint32Array(pictures.length * hashWords);
  hashes.forEach((hash, i) => hash && flat.set(hash, i * hashWords));
  await mkdir(cache, { recursive: true });
  await writeFile(path, Buffer.from(flat.buffer));
  return hashes;
}
