/** Shorter words would blot out harmless text. */
const leastLength = 3;
const mask = '***';

/**
 * The secrets that this process knows, by owner, and their removal from whatever is written: the last line of defence behind
 * types that do not print.
 */
export class KnownSecrets {
  readonly #byOwner = new Map<string, readonly string[]>();
  #texts: readonly string[] = [];
  #escaped: readonly string[] = [];

  /**
   * Takes the secrets of an owner, instead of those it had.
   *
   * @param texts every spelling; see `secretsOf`. An empty list forgets the owner
   */
  remember(owner: string, texts: readonly string[]): void {
    if (texts.length === 0) this.#byOwner.delete(owner);
    else this.#byOwner.set(owner, texts);
    const all = new Set([...this.#byOwner.values()].flat().filter(({ length }) => length >= leastLength));
    // Longest first: a secret may be part of another.
    this.#texts = [...all].sort((a, b) => b.length - a.length);
    this.#escaped = this.#texts.map((text) => JSON.stringify(text).slice(1, -1));
  }

  /** Takes the secrets out of plain text. */
  inText(text: string): string {
    return replaced(text, this.#texts);
  }

  /** Takes the secrets out of the strings of a JSON text, which stays JSON. */
  inJson(json: string): string {
    if (!this.#escaped.some((secret) => json.includes(secret))) return json;
    return json.replaceAll(
      /"(?:[^"\\]|\\.)*"/g,
      (quoted) => `"${replaced(quoted.slice(1, -1), this.#escaped)}"`,
    );
  }
}

function replaced(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (clean.includes(secret)) clean = clean.split(secret).join(mask);
  return clean;
}
