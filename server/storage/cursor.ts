/** A place in the durable log of one database. */
export interface Cursor {
  readonly databaseId: string;
  /** Number of the last event seen; 0 before the first. */
  readonly seq: number;
}

/** Writes a cursor as the opaque text that clients keep. */
export function formatCursor(cursor: Cursor): string {
  return `${cursor.databaseId}.${cursor.seq}`;
}

/** Reads a cursor; undefined for any text that this program cannot have written. */
export function parseCursor(text: string): Cursor | undefined {
  const found = /^([0-9a-f]{16})\.(0|[1-9]\d{0,14})$/.exec(text);
  if (found?.[1] === undefined) return undefined;
  return { databaseId: found[1], seq: Number(found[2]) };
}
