import type { Ground } from './caller.js';

/** Told that something ended on which access rested. */
export type RevocationListener = (ground: Ground, id: string) => void;

/** Tells whoever holds something open for a caller that the caller's access has ended. */
export class Revocations {
  readonly #listeners = new Set<RevocationListener>();

  /** @returns the function that stops listening */
  on(listener: RevocationListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Says that access by this ground has ended. */
  tell(ground: Ground, id: string): void {
    for (const listener of this.#listeners) listener(ground, id);
  }
}
