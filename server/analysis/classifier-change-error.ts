/** Why the classifier was not changed. */
export type ClassifierChangeCode =
  /** Another change is under way. */
  | 'busy'
  /** A process could not load it; the message says why. */
  | 'refused'
  /** The pool is closed. */
  | 'closed';

/** The classifier was not changed: the one before goes on everywhere. */
export class ClassifierChangeError extends Error {
  override readonly name = 'ClassifierChangeError';
  readonly code: ClassifierChangeCode;

  constructor(code: ClassifierChangeCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
