import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type ClipTruth, clipTruthSchema } from './clip-truth.js';

/** A truth file that is none. */
export class TruthError extends Error {
  override readonly name = 'TruthError';
}

/** A clip and what it really shows. */
export interface ClipPair {
  readonly video: string;
  readonly truth: ClipTruth;
}

/**
 * Pairs clips with their truths: one file with one file, or a folder of clips with a folder of truths, each of which names its clip.
 *
 * @throws TruthError naming the file, the field and the rule; the file system's errors
 */
export async function pairClips(video: string, truth: string): Promise<ClipPair[]> {
  if (!(await stat(truth)).isDirectory()) {
    const read = await readTruth(truth);
    const path = (await stat(video)).isDirectory() ? join(video, basename(read.clip)) : video;
    return [{ video: path, truth: read }];
  }
  const files = (await readdir(truth)).filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw new TruthError(`${truth} holds no truth: files *.json are looked for`);
  const truths = await Promise.all(files.map((name) => readTruth(join(truth, name))));
  return truths.map((read) => ({ video: join(video, basename(read.clip)), truth: read }));
}

async function readTruth(path: string): Promise<ClipTruth> {
  const text = await readFile(path, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new TruthError(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = clipTruthSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TruthError(`${path}: /${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not a truth'}`);
}
