import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { outputClasses } from '../../classify/manifest.js';
import type { RgbImage } from '../../image.js';

/** How much around a face is kept: side of a patch as a multiple of the box's long side. */
export const patchMargin = 2;
/** Patches are no larger than this, in pixels. */
export const maxPatchSide = 192;

const entrySchema = z.object({
  file: z.string(),
  label: z.enum(outputClasses),
  group: z.string(),
  source: z.string(),
  /** Long side of the face in pixels of the picture it came from. */
  faceSide: z.number(),
  /** True when a detector gave the box, false for a labelled or assumed one. */
  detected: z.boolean(),
  /** Side of the square patch in pixels, and its first byte in the file. */
  side: z.number().int(),
  offset: z.number().int(),
});
const indexSchema = z.object({ format: z.literal(1), entries: z.array(entrySchema) });

/** One face of the store. */
export type PatchEntry = z.infer<typeof entrySchema>;
/** What is known of a face besides its pixels. */
export type PatchFacts = Omit<PatchEntry, 'side' | 'offset'>;

/**
 * Decoded face patches in one file, read by position. Nothing is held in the process: the system's page cache is the
 * memory, shared by all worker threads, so reopening costs only the index.
 */
export class PatchStore {
  readonly entries: readonly PatchEntry[];
  #descriptor: number | null;

  private constructor(entries: readonly PatchEntry[], descriptor: number) {
    this.entries = entries;
    this.#descriptor = descriptor;
  }

  /** Opens a folder written by `writePatchStore`. @throws Error when it is missing or damaged */
  static open(folder: string): PatchStore {
    const index = indexSchema.parse(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')));
    return new PatchStore(index.entries, openSync(join(folder, 'patches.bin'), 'r'));
  }

  /** Reads one patch. @throws RangeError for a number outside the store, Error when the file is cut short */
  read(at: number): RgbImage {
    const entry = this.entries[at];
    if (!entry || this.#descriptor === null) throw new RangeError(`no patch ${at} in an open store`);
    const data = new Uint8Array(entry.side * entry.side * 3);
    const got = readSync(this.#descriptor, data, 0, data.length, entry.offset);
    if (got !== data.length) throw new Error(`patches.bin ends early: patch ${at} of ${entry.file}`);
    return { width: entry.side, height: entry.side, data };
  }

  /** Closes the file; idempotent. */
  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/** A face with its patch, on its way into a store. */
export interface NewPatch {
  readonly facts: PatchFacts;
  readonly patch: RgbImage;
}

/** Writes a store into an existing folder. The index comes last: a store without one is unfinished and never opened. */
export async function writePatchStore(folder: string, patches: AsyncIterable<NewPatch>): Promise<number> {
  const file = await open(join(folder, 'patches.bin'), 'w');
  const entries: PatchEntry[] = [];
  let offset = 0;
  try {
    for await (const { facts, patch } of patches) {
      await file.write(patch.data);
      entries.push({ ...facts, side: patch.width, offset });
      offset += patch.data.length;
    }
  } finally {
    await file.close();
  }
  const path = join(folder, 'index.json');
  await writeFile(`${path}.part`, JSON.stringify({ format: 1, entries }));
  await rename(`${path}.part`, path);
  return entries.length;
}
