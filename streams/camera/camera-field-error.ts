/** A field of a camera that breaks a rule; the message names both. */
export class CameraFieldError extends Error {
  override readonly name = 'CameraFieldError';
  readonly field: string;
  /** Reads on after the field's name: "must …", "has …". */
  readonly rule: string;

  constructor(field: string, rule: string) {
    super(`${field} ${rule}`);
    this.field = field;
    this.rule = rule;
  }
}
