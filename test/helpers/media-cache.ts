import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Raise it when the recipes change what they draw, so that no test sees an older picture. */
const recipeVersion = 3;

/** The folder outside the work tree that keeps generated media between runs. */
export function mediaCache(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'maskwatch', 'test-media');
}

/**
 * Makes a file or folder once and keeps it. Two processes that make the same thing at the same time do not
 * disturb each other: each makes its own, and the first to finish wins.
 *
 * @param name how the result's name begins; `ending` is how it ends (".mp4", or "" for a folder)
 * @param options what the result depends on; anything JSON can hold
 * @param make writes the result to the path given
 * @returns the result's path
 */
export async function cachedMedia(
  name: string,
  ending: string,
  options: unknown,
  make: (path: string) => Promise<void>,
): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([recipeVersion, name, options]))
    .digest('hex');
  const path = join(mediaCache(), `${name}-${key.slice(0, 16)}${ending}`);
  if (await exists(path)) return path;
  await mkdir(mediaCache(), { recursive: true });
  const work = await mkdtemp(join(mediaCache(), '.making-'));
  try {
    const made = join(work, `result${ending}`);
    await make(made);
    await rename(made, path).catch(async (error: unknown) => {
      // A folder that another process has finished meanwhile cannot be replaced by a rename.
      if (!(await exists(path))) throw error;
    });
    return path;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
