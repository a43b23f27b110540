import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Sources whose crops belong to scenes that are trained on whole, or kept for validation. */
const sceneSources = /^(ilc2021|voc853)_/;

/**
 * Face crops for mosaics.
 *
 * @param root folder with `mask/` and `no_mask/`
 */
export async function readFaceCrops(
  root: string,
): Promise<{ readonly bareFaces: string[]; readonly maskedFaces: string[] }> {
  const list = async (label: string) =>
    (await readdir(join(root, label)))
      .filter((file) => /\.(jpe?g|png|webp)$/i.test(file) && !sceneSources.test(file))
      .sort()
      .map((file) => join(root, label, file));
  return { bareFaces: await list('no_mask'), maskedFaces: await list('mask') };
}
