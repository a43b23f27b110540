import { createHash } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { facePictureBox } from '../../crop.js';
import { decodePicture } from '../../picture.js';
import { cutPatch } from './cut-patch.js';
import type { FaceSource } from './face-source.js';
import { mapAhead } from './map-ahead.js';
import { writePatchStore } from './patch-store.js';
import type { NewPatch } from './patch-store.js';

/** The part of a face picture that the face itself is taken to fill where no detector found it. */
export const assumedFill = 0.74;

/**
 * Caches a patch of each face under `cache`; what is cached already is not done again.
 * @param faces those of one picture must stand together, so that it is decoded once
 * @returns the folder of the store
 * @throws Error for a picture that cannot be decoded
 */
export async function cacheFaces(
  cache: string,
  faces: readonly FaceSource[],
  say: (line: string) => void,
): Promise<string> {
  const folder = join(cache, await fingerprint(faces));
  if (await stat(join(folder, 'index.json')).catch(() => null)) return folder;
  await mkdir(folder, { recursive: true });
  say(`Caching ${faces.length} face patches in ${folder}.`);
  await writePatchStore(folder, patches(faces));
  return folder;
}

async function* patches(faces: readonly FaceSource[]): AsyncGenerator<NewPatch> {
  for await (const found of mapAhead(byPicture(faces), 8, patchesOf)) yield* found;
}

/** Runs of faces that share a picture. */
function* byPicture(faces: readonly FaceSource[]): Generator<FaceSource[]> {
  let run: FaceSource[] = [];
  for (const face of faces) {
    if (run[0] && run[0].picture !== face.picture) {
      yield run;
      run = [];
    }
    run.push(face);
  }
  if (run.length > 0) yield run;
}

/** Decodes a picture and cuts the patches of its faces. @param faces all of one picture @throws PictureError */
export async function patchesOf(faces: readonly FaceSource[]): Promise<NewPatch[]> {
  const [first] = faces;
  if (!first) return [];
  const image = await decodePicture(first.picture);
  return faces.map(({ file, label, group, source, box, detected }) => {
    const face = box ?? facePictureBox(image, assumedFill);
    return {
      facts: { file, label, group, source, detected, faceSide: Math.max(face.width, face.height) },
      patch: cutPatch(image, face),
    };
  });
}

/** Names the store by all that decides its content. */
async function fingerprint(faces: readonly FaceSource[]): Promise<string> {
  const hash = createHash('sha256').update('patches 1');
  let last = '';
  for (const face of faces) {
    hash.update(JSON.stringify(face));
    if (face.picture === last) continue;
    last = face.picture;
    const { size, mtimeMs } = await stat(face.picture);
    hash.update(`${size} ${mtimeMs}`);
  }
  return hash.digest('hex').slice(0, 16);
}
