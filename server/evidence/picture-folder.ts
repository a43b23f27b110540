import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ending = '.jpg';
const knownName = /^[A-Za-z0-9-]{1,64}$/;

/** The files of pictures, one an alert; only the server's own user can read them. */
export class PictureFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** Opens a folder, and makes it where there is none. */
  static async open(path: string): Promise<PictureFolder> {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await chmod(path, 0o700);
    return new PictureFolder(path);
  }

  /** Writes a picture; a crash leaves the whole of it or a file that `names` shows under another name. */
  async write(alertId: string, jpeg: Uint8Array): Promise<void> {
    const path = this.#pathOf(alertId);
    await writeFile(`${path}.unfinished`, jpeg, { mode: 0o600 });
    await rename(`${path}.unfinished`, path);
  }

  /** @returns undefined when there is no such picture */
  async read(alertId: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.#pathOf(alertId));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /**
   * Deletes a picture and looks whether it is gone.
   *
   * @throws Error when it is still there
   */
  async remove(alertId: string): Promise<void> {
    await this.removeFile(`${alertId}${ending}`);
  }

  /** The same for any file of the folder, by its name. */
  async removeFile(name: string): Promise<void> {
    const path = join(this.#path, name);
    await rm(path, { force: true });
    if (await exists(path)) throw new Error(`${path} is still there after it was deleted`);
  }

  /** The names of all files, with the alert that each belongs to; undefined for a file that belongs to none. */
  async names(): Promise<{ readonly name: string; readonly alertId: string | undefined }[]> {
    return (await readdir(this.#path)).map((name) => {
      const stem = name.endsWith(ending) ? name.slice(0, -ending.length) : '';
      return { name, alertId: knownName.test(stem) ? stem : undefined };
    });
  }

  #pathOf(alertId: string): string {
    if (!knownName.test(alertId)) throw new RangeError(`${alertId} is no id of an alert`);
    return join(this.#path, `${alertId}${ending}`);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
