import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivateFile } from '../storage/private-file.js';

/** Bytes of installed classifiers that go into a backup; one has some megabytes. */
export const mostModelBytes = 512 * 1024 * 1024;

const folderName = 'models';
const modelFile = /^models\/([a-z0-9][a-z0-9.-]*)\/(manifest\.json|model\.json|weights\.bin|CARD\.md)$/;

/** A file of an installed classifier. */
export interface ModelFile {
  /** `models/NAME/FILE`: its name in a backup, and its place in the data folder. */
  readonly name: string;
  readonly path: string;
}

/**
 * Lists the files of the installed classifiers, each classifier as a whole or not at all.
 *
 * @param most bytes of all together
 * @returns what goes into a backup, and the names of those that are too large for it
 */
export function modelFiles(
  dataDir: string,
  most = mostModelBytes,
): { readonly files: readonly ModelFile[]; readonly leftOut: readonly string[] } {
  const parent = join(dataDir, folderName);
  const files: ModelFile[] = [];
  const leftOut: string[] = [];
  let bytes = 0;
  for (const model of existsSync(parent) ? readdirSync(parent).sort() : []) {
    if (!modelFile.test(`${folderName}/${model}/model.json`)) continue;
    const found = readdirSync(join(parent, model))
      .map((file) => ({ name: `${folderName}/${model}/${file}`, path: join(parent, model, file) }))
      .filter(({ name }) => modelFile.test(name));
    const size = found.reduce((sum, { path }) => sum + statSync(path).size, 0);
    if (bytes + size > most) leftOut.push(model);
    else {
      bytes += size;
      files.push(...found);
    }
  }
  return { files, leftOut };
}

/**
 * Puts classifiers of a backup back. One that is there with the same content stays; another one of the same name is set aside
 * beside it, under a name that no classifier can have.
 *
 * @param files what the backup holds; other names than those of classifiers are passed over
 * @param suffix of the name of what is set aside
 * @returns the names of the classifiers
 */
export function restoreModels(
  dataDir: string,
  files: ReadonlyMap<string, Buffer>,
  suffix: string,
): readonly string[] {
  const models = new Map<string, [file: string, content: Buffer][]>();
  for (const [name, content] of files) {
    const [, model, file] = modelFile.exec(name) ?? [];
    if (model === undefined || file === undefined) continue;
    models.set(model, [...(models.get(model) ?? []), [file, content]]);
  }
  for (const [model, parts] of models) {
    const target = join(dataDir, folderName, model);
    const same = parts.every(([file, content]) => {
      const path = join(target, file);
      return existsSync(path) && readFileSync(path).equals(content);
    });
    if (same) continue;
    const unfinished = join(dataDir, folderName, `.restoring-${model}`);
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    for (const [file, content] of parts) writePrivateFile(join(unfinished, file), content);
    if (existsSync(target)) renameSync(target, join(dataDir, folderName, `.${model}.${suffix}`));
    renameSync(unfinished, target);
  }
  return [...models.keys()];
}
