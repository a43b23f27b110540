/** A fetch that was allowed and did not work. The message carries no part of the address. */
export class FetchError extends Error {
  override readonly name = 'FetchError';

  constructor(
    readonly code: 'timed-out' | 'called-off' | 'too-large' | 'failed',
    message: string,
  ) {
    super(message);
  }
}
