import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { root } from './paths.mjs';

/** Reads a JSON file; `undefined` where it is missing or broken, both of which mean "make it anew". */
export async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Writes a JSON file whole or not at all. */
export async function writeJson(path, value) {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, `${JSON.stringify(value, null, 2)}\n`);
  await rename(part, path).finally(() => rm(part, { force: true }));
}

/** The sha256 of a file, in hex. */
export async function fileSha256(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Size and time of change of files: cheap to compare, and different after any replacement. */
export async function fingerprint(paths) {
  const facts = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => undefined);
      return found === undefined ? 'missing' : `${found.size}@${found.mtimeMs}`;
    }),
  );
  return facts.join(' ');
}

/**
 * One hash over the contents of files and folders of the project, names included.
 *
 * @param {string[]} paths relative to the project
 * @param {RegExp} wanted which files of a folder count
 */
export async function sourceHash(paths, wanted) {
  const files = (await Promise.all(paths.map((path) => listFiles(join(root, path), wanted)))).flat().sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${relative(root, file)}\0`).update(await readFile(file));
  return hash.digest('hex');
}

async function listFiles(path, wanted) {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
