import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

/** As much of a manifest as it takes to check its files. */
const manifestSchema = z.object({ name: z.string(), files: z.record(z.string(), z.string()) });

/**
 * Whether the files of all weights are those of their manifests, by sha256.
 *
 * @param shipped `models/weights` of the product
 * @param installed `models` of the data folder; need not exist
 */
export async function modelFinding(shipped: string, installed: string): Promise<Finding> {
  const name = 'models';
  const [own, added] = await Promise.all([foldersIn(shipped), foldersIn(installed)]);
  if (own.length === 0) {
    const remedy = 'install the package anew';
    return { name, state: 'missing', detail: `there are no weights in ${shipped}`, remedy };
  }
  const looked = await Promise.all(
    [...own, ...added].map(async (folder) => [folder, await faultOf(folder)] as const),
  );
  const bad = looked.filter(([, fault]) => fault !== undefined);
  if (bad.length === 0) {
    const names = looked.map(([folder]) => basename(folder)).join(', ');
    return fine(name, `${names}: every file has the sha256 of its manifest`);
  }
  const ofOurs = bad.some(([folder]) => own.includes(folder));
  return {
    name,
    state: 'failed',
    detail: bad.map(([, fault]) => fault ?? '').join('; '),
    remedy: ofOurs
      ? 'install the package anew, or take models/weights from the repository again'
      : `remove ${bad.map(([folder]) => folder).join(' and ')} and install the model again`,
    trouble: 'damaged',
  };
}

async function foldersIn(parent: string): Promise<string[]> {
  const items = await readdir(parent, { withFileTypes: true }).catch(() => []);
  return items
    .filter((item) => item.isDirectory() && !item.name.startsWith('.'))
    .map((item) => join(parent, item.name))
    .sort();
}

/** What is wrong with a folder of weights; undefined when nothing is. */
async function faultOf(folder: string): Promise<string | undefined> {
  const name = basename(folder);
  let manifest: z.output<typeof manifestSchema>;
  try {
    manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  } catch {
    // Not there, no JSON, or without names of files: all the same to whoever needs the weights.
    return `${name}/manifest.json cannot be used`;
  }
  for (const [file, wanted] of Object.entries(manifest.files)) {
    const found = await sha256Of(join(folder, file));
    if (found === undefined) return `${name}/${file} cannot be read`;
    if (found !== wanted) return `${name}/${file} is damaged: its sha256 is not that of the manifest`;
  }
  return undefined;
}

async function sha256Of(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
    return hash.digest('hex');
  } catch {
    // The finding names the file; why it cannot be read is for the file system to say.
    return undefined;
  }
}
