import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const shown = '[secret]';

/**
 * A text that must not be shown: JSON, string conversion and inspection print `[secret]`, a structured clone is empty. Only
 * who calls `reveal` gets it.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The text itself. Every call is a place to look at when something leaks. */
  reveal(): string {
    return this.#value;
  }

  /** Whether both hold the same text, in time that does not depend on where they differ. */
  equals(other: Secret): boolean {
    const mine = Buffer.from(this.#value);
    const others = Buffer.from(other.#value);
    return mine.length === others.length && timingSafeEqual(mine, others);
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
