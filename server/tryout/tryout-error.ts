/** Why something could not be tried out. */
export class TryoutError extends Error {
  override readonly name = 'TryoutError';

  /** @param code `busy`, `too-slow`, `stopped`, or what the process told: a code of pictures or of videos */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
