/** The object that a merge patch is made of. */
type Patch = Record<string, unknown>;

/**
 * The merge patch (RFC 7396) that sets the values of dotted keys.
 *
 * @param changes values by dotted key; null takes the key out of the file
 */
export function patchOf(changes: ReadonlyMap<string, unknown>): object {
  const patch: Patch = {};
  for (const [key, value] of changes) {
    const path = key.split('.');
    const last = path.pop() ?? key;
    let section = patch;
    for (const part of path) {
      const inner: Patch = isPatch(section[part]) ? section[part] : {};
      section[part] = inner;
      section = inner;
    }
    section[last] = value;
  }
  return patch;
}

function isPatch(value: unknown): value is Patch {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The setting that a problem's pointer means: the key itself, or the one whose value it lies in.
 *
 * @param pointer for example `/cameras/0/url`
 * @returns undefined where no key fits
 */
export function keyOfPointer(pointer: string, keys: readonly string[]): string | undefined {
  const dotted = pointer.replace(/^\//, '').replaceAll('/', '.');
  return keys.find((key) => dotted === key || dotted.startsWith(`${key}.`));
}
