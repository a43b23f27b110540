import { readLabelledFolder } from '../../models/lab/data/labelled-folder.js';
import type { LabelledPicture } from '../../models/lab/data/labelled-folder.js';
import { readSplit } from '../../models/lab/data/split-file.js';

/**
 * The pictures of a labelled folder, or of one part of its split.
 *
 * @param split a split file of a training run
 * @throws Error where there is no such folder, split or part
 */
export async function labelledPart(
  folder: string,
  split: string | undefined,
  part: string,
): Promise<LabelledPicture[]> {
  const all = await readLabelledFolder(folder);
  if (split === undefined) return all;
  const stored = await readSplit(split);
  if (!stored) throw new Error(`${split}: no such split`);
  const chosen = all.filter(({ file }) => stored.parts.get(file) === part);
  if (chosen.length === 0) throw new Error(`${split} has no pictures of ${folder} in its part ${part}`);
  return chosen;
}
