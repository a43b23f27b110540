import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { splitParts } from './split.js';
import type { SplitFractions, SplitPart } from './split.js';

const schema = z.object({
  seed: z.number().int(),
  fractions: z.record(z.enum(splitParts), z.number()),
  parts: z.record(z.enum(splitParts), z.array(z.string())),
});

/** A split as it is kept: which file is in which part, and what made it. */
export interface StoredSplit {
  readonly seed: number;
  readonly fractions: SplitFractions;
  readonly parts: ReadonlyMap<string, SplitPart>;
}

/** Writes a split as JSON, files sorted, so that two equal splits are equal files. */
export async function writeSplit(path: string, split: StoredSplit): Promise<void> {
  const parts = Object.fromEntries(
    splitParts.map((part) => [
      part,
      [...split.parts].flatMap(([file, of]) => (of === part ? [file] : [])).sort(),
    ]),
  );
  await mkdir(dirname(path), { recursive: true });
  await writeFile(
    path,
    `${JSON.stringify({ seed: split.seed, fractions: split.fractions, parts }, null, 1)}\n`,
  );
}

/**
 * Reads a split back; null where there is no such file.
 * @throws Error when the file is not a split
 */
export async function readSplit(path: string): Promise<StoredSplit | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const { seed, fractions, parts } = schema.parse(JSON.parse(text));
  const entries = splitParts.flatMap((part) => parts[part].map((file) => [file, part] as const));
  return { seed, fractions, parts: new Map(entries) };
}
