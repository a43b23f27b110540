import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readWeights } from '../../models/classify/read-weights.js';
import { WeightsError } from '../../models/classify/weights-error.js';
import { ClassifierError } from './classifier-error.js';
import type { LibraryEntry } from './library-entry.js';

const needed = ['manifest.json', 'model.json', 'weights.bin'] as const;

/** The part of a manifest that is read before the copy is checked as a whole. */
const namedSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
});

/**
 * Copies a weights folder into `parent`, under the name of its manifest. The copy is made beside its place, checked there
 * against its checksums, and moved in whole.
 *
 * @param present what is installed or shipped already
 * @throws ClassifierError `model-refused` naming the file at fault, or `model-exists`
 */
export async function installWeights(
  source: string,
  parent: string,
  present: readonly LibraryEntry[],
): Promise<{ readonly name: string; readonly already: boolean }> {
  const name = await nameOf(source);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const workshop = await mkdtemp(join(parent, '.install-'));
  try {
    const copy = join(workshop, name);
    await mkdir(copy);
    for (const file of needed) await copyNeeded(join(source, file), join(copy, file));
    await copyCard(source, copy);
    const { manifest } = await readWeights(copy);
    const known = present.find((entry) => entry.name === name);
    if (known !== undefined) {
      const files = known.manifest?.files;
      const same = needed.every((file) => file === 'manifest.json' || files?.[file] === manifest.files[file]);
      if (same) return { name, already: true };
      throw new ClassifierError(
        'model-exists',
        `A ${known.origin} model is called ${name} already; give the new one another name (train --name).`,
      );
    }
    await rename(copy, join(parent, name));
    return { name, already: false };
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    const message = error.message.replaceAll(join(workshop, name), source);
    throw new ClassifierError('model-refused', message, { cause: error });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function nameOf(source: string): Promise<string> {
  const path = join(source, 'manifest.json');
  try {
    return namedSchema.parse(JSON.parse(await readFile(path, 'utf8'))).name;
  } catch (cause) {
    throw new ClassifierError('model-refused', `${path} is no manifest of a model`, { cause });
  }
}

async function copyNeeded(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (cause) {
    throw new ClassifierError('model-refused', `${from} cannot be read`, { cause });
  }
}

/** The card is welcome but not needed. */
async function copyCard(source: string, copy: string): Promise<void> {
  try {
    await copyFile(join(source, 'CARD.md'), join(copy, 'CARD.md'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
