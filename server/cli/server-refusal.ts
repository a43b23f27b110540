/** A running server refused, or could not be asked (`unreachable`). */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal';

  /** @param code of the server's problem document, or `unreachable` */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
