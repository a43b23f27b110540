import type { Memory } from './language.js';
import { searchOfWall, usualWall, type WallChoice, wallOfSearch } from './wall-choice.js';

const key = 'maskwatch.wall';

/** What was looked at on the wall the last time, remembered by this browser. */
export class WallMemory {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** What to show where the address says nothing. */
  read(): WallChoice {
    const search = this.#memory.getItem(key);
    return search === null ? usualWall : wallOfSearch(search);
  }

  keep(choice: WallChoice): void {
    this.#memory.setItem(key, searchOfWall(choice));
  }
}
