/** Why something about the classifiers could not be done. */
export type ClassifierErrorCode =
  /** There is no classifier of that name. */
  | 'model-not-found'
  /** A file of it is missing, damaged or does not fit, or an analysis process could not run it. */
  | 'model-refused'
  /** A classifier of that name is there already. */
  | 'model-exists'
  /** No other classifier ran before. */
  | 'nothing-to-roll-back'
  /** Another change is under way. */
  | 'model-change-under-way';

/** A refusal in one sentence for people. */
export class ClassifierError extends Error {
  override readonly name = 'ClassifierError';
  readonly code: ClassifierErrorCode;

  constructor(code: ClassifierErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
