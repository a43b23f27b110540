/** What one check of `doctor` found. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly name: string;
  /**
   * `ok`; `warning`: works, but not as it should; `missing`: a dependency is not there; `failed`: it is there and
   * does not work.
   */
  readonly state: 'ok' | 'warning' | 'missing' | 'failed';
  /** Versions, numbers, reasons: one line, without secrets. */
  readonly detail: string;
  /** What to do about it, as a command where there is one; empty when all is well. */
  readonly remedy: string;
  /** What kind of trouble a failure is, where the exit code tells it from others. */
  readonly trouble?: 'configuration' | 'damaged' | 'taken';
}

/** A finding that needs nothing done. */
export function fine(name: string, detail: string): Finding {
  return { name, state: 'ok', detail, remedy: '' };
}

/** The first line of an error's message. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]?.trim() ?? '';
}
