import { readdir } from 'node:fs/promises';
import { readSceneLabels } from './scene-labels.js';
import type { LabelledScene } from './scene-labels.js';
import { readVocFolder } from './voc-xml.js';
import type { BadScene } from './voc-xml.js';

/**
 * Reads labelled scenes: a `labels.json`, or a folder of Pascal VOC files. Their pictures lie in `images/` beside either.
 * @param note told of each VOC file that was passed over
 * @throws Error when a `labels.json` does not fit
 */
export async function readScenes(path: string, note: (line: string) => void): Promise<LabelledScene[]> {
  const { scenes, bad } = await readScenesAndBad(path);
  for (const { file, message } of bad) note(`Left out ${file}: ${message}`);
  return scenes;
}

/** The same with the VOC files that were passed over. @throws Error when a `labels.json` does not fit */
export async function readScenesAndBad(path: string): Promise<{ scenes: LabelledScene[]; bad: BadScene[] }> {
  if (path.endsWith('.json')) return { scenes: await readSceneLabels(path), bad: [] };
  return readVocFolder(path);
}

/** Whether a path is a folder with Pascal VOC files; false where there is none. */
export async function isVocFolder(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => []);
  return names.some((name) => name.toLowerCase().endsWith('.xml'));
}
