/** The configuration file cannot be written where a change is to be kept; nothing was changed. */
export class UnwritableConfigError extends Error {
  override readonly name = 'UnwritableConfigError';
  readonly code = 'config-not-writable';

  constructor(file: string, cause: unknown) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
    super(
      `${file} cannot be written (${reason}). Change it by hand; to allow changes here, give its folder to the user that the ` +
        'server runs as.',
      { cause },
    );
  }
}
