import { closeSync, openSync, readSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';

/** Rows of float32 in one file, all of the same width, read by position: the system's page cache is the memory. */
export class FeatureFile {
  readonly width: number;
  #descriptor: number | null;

  /** @throws Error where there is no such file */
  constructor(path: string, width: number) {
    this.width = width;
    this.#descriptor = openSync(path, 'r');
  }

  /** Reads a row into `target` at `offset`, in numbers. @throws RangeError for a row outside the file */
  read(row: number, target: Float32Array, offset: number): void {
    const bytes = this.width * 4;
    const place = new Uint8Array(target.buffer, target.byteOffset + offset * 4, bytes);
    const got = this.#descriptor === null ? 0 : readSync(this.#descriptor, place, 0, bytes, row * bytes);
    if (got !== bytes) throw new RangeError(`no row ${row} in an open feature file`);
  }

  /** Idempotent. */
  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/** Whether a file holds that many rows; one that is cut short or of another width does not. */
export async function holdsRows(path: string, rows: number, width: number): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.size === rows * width * 4;
}

/** Writes rows as they come. The file gets its name last: one that was broken off is never read. */
export async function writeRows(path: string, blocks: AsyncIterable<Float32Array>): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  const file = await open(part, 'w');
  try {
    for await (const block of blocks) {
      await file.write(new Uint8Array(block.buffer, block.byteOffset, block.byteLength));
    }
    await file.close();
    await rename(part, path);
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
}
