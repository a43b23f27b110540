import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';

/** A file to classify. */
export interface ListedFile {
  readonly path: string;
  /** How it is called in the output: relative to the folder that was given, or as it was given itself. */
  readonly label: string;
}

/** What lies beside pictures to describe them; passed over in folders. */
const sidecars = new Set(['.json', '.ndjson', '.xml', '.csv', '.tsv', '.md', '.yaml', '.yml']);

/**
 * Lists files in a fixed order: paths as given, folders with all their subfolders sorted by name. In folders hidden files
 * and descriptions (JSON, XML, CSV, Markdown, YAML) are passed over; a file named by itself is always taken. What does
 * not exist is listed too: opening it tells why it cannot be read.
 */
export async function* listFiles(paths: readonly string[]): AsyncGenerator<ListedFile> {
  for (const path of paths) {
    if (await isFolder(path)) yield* walk(path, path);
    else yield { path, label: path };
  }
}

async function* walk(root: string, folder: string): AsyncGenerator<ListedFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(root, path);
    else if (await isTaken(entry, path)) yield { path, label: relative(root, path) };
  }
}

/** Links to folders are not followed: they may lead in circles. */
async function isTaken(entry: Dirent, path: string): Promise<boolean> {
  if (sidecars.has(extname(entry.name).toLowerCase())) return false;
  return entry.isFile() || (entry.isSymbolicLink() && !(await isFolder(path)));
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // What cannot be looked at is no folder to walk; the error comes up when it is opened as a file.
    return false;
  }
}
