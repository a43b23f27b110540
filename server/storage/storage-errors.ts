/** The database file is damaged; it was moved aside and can be examined there. */
export class DamagedDatabaseError extends Error {
  override readonly name = 'DamagedDatabaseError';
  readonly code = 'damaged-database';

  /**
   * @param path where the file was
   * @param movedTo where it lies now, with its write-ahead log beside it
   */
  constructor(
    readonly path: string,
    readonly movedTo: string,
    cause: unknown,
  ) {
    super(
      `The database ${path} is damaged (${reasonOf(cause)}). It was moved to ${movedTo}; ` +
        'put a backup in its place, or start again to begin with an empty one.',
      { cause },
    );
  }
}

/** Another process uses the data folder. */
export class DataFolderTakenError extends Error {
  override readonly name = 'DataFolderTakenError';
  readonly code = 'data-folder-taken';

  constructor(readonly folder: string) {
    super(`Another maskwatch server uses the data folder ${folder}. Stop it, or choose another folder.`);
  }
}

/** A newer release wrote the database. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
  readonly code = 'newer-database';

  constructor(
    readonly path: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `The database ${path} has schema version ${found}, this release knows up to ${known}: use the newer release.`,
    );
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
