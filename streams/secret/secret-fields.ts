const telling = /pass|pwd|token|secret|auth|signature|apikey|api[_-]key|credential|session|login/i;
const short = /^(?:user|username|usr|u|p|pw|key|sig|sid|hash|code|account)$/i;

/** Whether a field of a query is one that grants access, by its name: `user`, `password`, `token`, `auth` and the like. */
export function isSecretField(name: string): boolean {
  return telling.test(name) || short.test(name);
}
