/** Where a stream of events remembers its place, so that it goes on there after a restart. */
export interface CursorStore {
  /** The cursor that was saved last; undefined where there is none. */
  load(): string | undefined | Promise<string | undefined>;
  /** Called after an event was handled, one call at a time. */
  save(cursor: string): void | Promise<void>;
}

/** Remembers for as long as the program runs: enough to go on after a lost connection. */
export function memoryCursor(cursor?: string): CursorStore {
  let kept = cursor;
  return {
    load: () => kept,
    save: (next) => {
      kept = next;
    },
  };
}

/** Remembers in a browser, over reloads of the page. */
export function browserCursor(
  key: string,
  storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage,
): CursorStore {
  return {
    load: () => storage.getItem(key) ?? undefined,
    save: (cursor) => storage.setItem(key, cursor),
  };
}
