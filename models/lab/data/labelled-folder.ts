import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { wornStates } from '../../mask-classifier.js';
import type { WornState } from '../../mask-classifier.js';

/** One picture of a labelled folder. */
export interface LabelledPicture {
  /** Path relative to the folder's root, with forward slashes: `mask/a_1.jpg`. Serves as its name everywhere. */
  readonly file: string;
  readonly label: WornState;
}

const pictureSuffixes = new Set(['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.gif']);

/**
 * Lists the pictures of `root/{mask,no_mask,incorrect}/`, sorted by path. A class folder may be missing.
 * @throws Error when none of the three holds a picture
 */
export async function readLabelledFolder(root: string): Promise<LabelledPicture[]> {
  const pictures: LabelledPicture[] = [];
  for (const label of wornStates) {
    for (const name of await listOrNone(join(root, label))) {
      if (pictureSuffixes.has(extname(name).toLowerCase()))
        pictures.push({ file: `${label}/${name}`, label });
    }
  }
  if (pictures.length === 0) throw new Error(`${root}: no pictures under ${wornStates.join('/, ')}/`);
  return pictures.sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function listOrNone(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
