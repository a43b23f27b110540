import type { Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { redact } from '../../../streams/ffmpeg/redact.js';

/** Something to classify. */
export interface Input {
  /** A file is a picture or a video; a device is a camera of this machine. */
  readonly kind: 'file' | 'url' | 'device';
  /** Path of the file, address, or name of the device, empty for the first there is. */
  readonly path: string;
  /** How it is called in the output: relative to the folder that was given, or as it was given itself. */
  readonly label: string;
}

/** What lies beside pictures to describe them; passed over in folders. */
const sidecars = new Set(['.json', '.ndjson', '.xml', '.csv', '.tsv', '.md', '.yaml', '.yml']);

/**
 * Lists inputs in a fixed order: arguments as given; folders with all their subfolders, and what fits a pattern
 * (`faces/**\/*.jpg`), sorted by name. In folders hidden files and descriptions (JSON, XML, CSV, Markdown, YAML) are
 * passed over; a file named by itself is always taken. `http://…` is an address; `webcam`, `webcam:NAME` and `/dev/video…`
 * are devices. What does not exist is listed too: opening it tells why it cannot be read.
 */
export async function* listInputs(paths: readonly string[]): AsyncGenerator<Input> {
  for (const path of paths) {
    const device = deviceName(path);
    if (/^https?:\/\//i.test(path)) yield { kind: 'url', path, label: redact(path) };
    else if (device !== null) yield { kind: 'device', path: device, label: path };
    else if (await isFolder(path)) yield* walk(path, path);
    else if (await isPattern(path)) yield* matching(path);
    else yield file(path);
  }
}

/** The name of the camera that an argument stands for, empty for the first one; null where it stands for none. */
export function deviceName(argument: string): string | null {
  const [found, name, path] = /^(?:webcam(?::(.+))?|(\/dev\/video.*))$/.exec(argument) ?? [];
  return found === undefined ? null : (name ?? path ?? '');
}

function file(path: string, label = path): Input {
  return { kind: 'file', path, label };
}

/** A file may bear a name that looks like a pattern. */
async function isPattern(path: string): Promise<boolean> {
  return isDynamicPattern(path) && (await lstat(path).catch(() => null)) === null;
}

/** A pattern that nothing fits is listed as it is, so that it shows as a file that cannot be read. */
async function* matching(pattern: string): AsyncGenerator<Input> {
  const found = await glob(pattern, {
    absolute: isAbsolute(pattern),
    followSymbolicLinks: false,
    expandDirectories: false,
  });
  if (found.length === 0) yield file(pattern);
  for (const path of found.sort()) yield file(path);
}

async function* walk(root: string, folder: string): AsyncGenerator<Input> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(root, path);
    else if (await isTaken(entry, path)) yield file(path, relative(root, path));
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
