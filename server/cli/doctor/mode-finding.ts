import { stat } from 'node:fs/promises';
import type { Finding } from './finding.js';
import { fine } from './finding.js';

/** A file or folder that not everybody may read. */
export interface PrivatePlace {
  readonly path: string;
  /** Bits of the mode that must not be set: 0o077 for the owner's own, 0o007 where a group may read. */
  readonly closed: number;
  /** What lies open otherwise. */
  readonly holds: string;
  /** True for what our own programs close: then somebody opened it. */
  readonly closedByUs: boolean;
}

/** Whether files with secrets can be read by their owner alone. What does not exist is no fault. */
export async function modeFinding(places: readonly PrivatePlace[]): Promise<Finding> {
  const name = 'file modes';
  const looked = await Promise.all(
    places.map(async (place) => {
      const found = await stat(place.path).catch(() => undefined);
      return found === undefined ? [] : [{ ...place, mode: found.mode & 0o777 }];
    }),
  );
  const present = looked.flat();
  const open = present.filter(({ mode, closed }) => (mode & closed) !== 0);
  if (open.length === 0) return fine(name, `closed to others, ${present.length} looked at`);
  return {
    name,
    state: open.some(({ closedByUs }) => closedByUs) ? 'failed' : 'warning',
    detail: open.map(({ path, mode, holds }) => `${path} (${holds}) has mode ${octal(mode)}`).join(', '),
    remedy: open.map(({ path, mode, closed }) => `chmod ${octal(mode & ~closed)} ${path}`).join(' && '),
  };
}

function octal(mode: number): string {
  return mode.toString(8).padStart(3, '0');
}
