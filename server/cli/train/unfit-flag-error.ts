/** A flag does not fit the others. */
export class UnfitFlagError extends Error {
  override readonly name = 'UnfitFlagError';
}
