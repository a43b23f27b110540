import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { type Manifest, manifestSchema } from '../../models/classify/manifest.js';

/** Where a weights folder lies: with the product, or in the data folder. */
export type Origin = 'shipped' | 'installed';

/** One weights folder of a mask classifier. */
export interface LibraryEntry {
  readonly name: string;
  readonly origin: Origin;
  readonly folder: string;
  /** Absent where it cannot be read. */
  readonly manifest?: Manifest;
  /** `CARD.md` as it is, if there is one. */
  readonly card?: string;
  /** Why it cannot be used, in one sentence; absent where nothing is known against it. */
  readonly problem?: string;
}

/** Longest card that is shown, in characters. */
const longestCard = 64 * 1024;

/**
 * Reads manifest and card of a folder.
 *
 * @returns undefined for weights of another task, for example of a detector
 */
export async function readEntry(folder: string, origin: Origin): Promise<LibraryEntry | undefined> {
  const name = basename(folder);
  const text = await readText(join(folder, 'manifest.json'));
  const card = (await readText(join(folder, 'CARD.md')))?.slice(0, longestCard);
  const entry = { name, origin, folder, ...(card === undefined ? {} : { card }) };
  if (text === undefined) return { ...entry, problem: `${name}/manifest.json cannot be read` };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ...entry, problem: `${name}/manifest.json is no JSON` };
  }
  const task = z.object({ task: z.string() }).safeParse(json);
  if (task.success && task.data.task !== 'mask-classifier') return undefined;
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const rule = `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
    return { ...entry, problem: `${name}/manifest.json breaks its rules: ${rule}` };
  }
  if (parsed.data.name !== name) {
    return { ...entry, problem: `${name}/manifest.json is of ${parsed.data.name}, not of its folder` };
  }
  return { ...entry, manifest: parsed.data };
}

/** Undefined where there is no such file or it cannot be read. */
async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
