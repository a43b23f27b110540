/** Something that was given cannot be classified; the others can. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** For programs. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
