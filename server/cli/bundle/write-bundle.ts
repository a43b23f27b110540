import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { reasonOf } from '../doctor/finding.js';
import { bundleFiles, type BundleParts } from './bundle-files.js';

/** The bundle cannot be written; the message says why. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

const folderName = 'maskwatch-support';

/**
 * Writes the support bundle, a .tar.gz that its owner alone can read.
 *
 * @throws BundleError
 */
export async function writeBundle(path: string, parts: BundleParts): Promise<void> {
  if (existsSync(path)) throw new BundleError(`${path} exists already.`);
  const temporary = await mkdtemp(join(tmpdir(), 'maskwatch-bundle-'));
  try {
    for (const [name, text] of await bundleFiles(parts)) {
      const target = join(temporary, folderName, name);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
    await create({ file: path, cwd: temporary, gzip: true, portable: true, mode: 0o600 }, [folderName]);
  } catch (cause) {
    throw new BundleError(`The bundle could not be written: ${reasonOf(cause)}`, { cause });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
