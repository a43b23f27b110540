import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { wornStates } from '../../mask-classifier.js';
import type { WornState } from '../../mask-classifier.js';
import type { LabelledScene, SceneBox } from './scene-labels.js';

/** What public collections call the three states. */
const synonyms: Readonly<Record<string, WornState>> = {
  with_mask: 'mask',
  without_mask: 'no_mask',
  mask_weared_incorrect: 'incorrect',
  mask_worn_incorrectly: 'incorrect',
};

/** A scene file that was passed over, and why. */
export interface BadScene {
  readonly file: string;
  readonly message: string;
}

/** Reads all `.xml` files of a folder, sorted by name; names each bad one and goes on. */
export async function readVocFolder(folder: string): Promise<{ scenes: LabelledScene[]; bad: BadScene[] }> {
  const scenes: LabelledScene[] = [];
  const bad: BadScene[] = [];
  const names = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith('.xml')).sort();
  for (const name of names) {
    try {
      scenes.push(parseVocXml(await readFile(join(folder, name), 'utf8')));
    } catch (error) {
      bad.push({ file: name, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { scenes, bad };
}

/**
 * Reads one Pascal VOC annotation (Everingham et al. 2010): `filename`, `size` and an `object` for each face with `name` and
 * `bndbox`. VOC counts pixels from 1 and takes both corners in; boxes come out from 0 with width and height.
 * @throws Error naming what is missing or no number, or a label that is no state
 */
export function parseVocXml(xml: string): LabelledScene {
  // The format is fixed and shallow, so its few elements are looked up by name; comments could hold stale ones.
  const text = xml.replace(/<!--[\s\S]*?-->/g, '');
  const size = inner(text, 'size');
  return {
    file: unescapeXml(inner(text, 'filename')),
    width: numberIn(size, 'width'),
    height: numberIn(size, 'height'),
    boxes: [...text.matchAll(/<object>([\s\S]*?)<\/object>/g)].map(([, object = '']) => readObject(object)),
  };
}

function readObject(object: string): SceneBox {
  const name = unescapeXml(inner(object, 'name'));
  const label = wornStates.find((state) => state === name) ?? synonyms[name];
  if (label === undefined) throw new Error(`unknown label ${name}`);
  const box = inner(object, 'bndbox');
  const [left, top] = [numberIn(box, 'xmin') - 1, numberIn(box, 'ymin') - 1];
  const [width, height] = [numberIn(box, 'xmax') - left, numberIn(box, 'ymax') - top];
  if (!(width > 0 && height > 0)) throw new Error(`a box of ${width}x${height}`);
  return { label, box: { x: left, y: top, width, height } };
}

function inner(text: string, tag: string): string {
  const found = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text)?.[1];
  if (found === undefined) throw new Error(`no <${tag}>`);
  return found.trim();
}

function numberIn(text: string, tag: string): number {
  const value = inner(text, tag);
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) throw new Error(`<${tag}> is no number: ${value}`);
  return number;
}

function unescapeXml(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
