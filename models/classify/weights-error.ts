/** What is wrong with a weights folder. */
export type WeightsErrorCode =
  /** The folder or a file of it is not there. */
  | 'missing'
  /** A file is not what the manifest's sha256 says. */
  | 'damaged'
  /** The manifest breaks its rules, or the network does not fit it. */
  | 'invalid';

/** A weights folder that cannot be used. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
  readonly code: WeightsErrorCode;
  /** The file at fault. */
  readonly file: string;

  constructor(code: WeightsErrorCode, file: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.file = file;
  }
}
