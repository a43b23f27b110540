/** Characters of an id, at most. */
const longest = 40;

/**
 * Makes an id from a camera's name: lower-case letters, digits and dashes, accents dropped, with a number where it is
 * taken already.
 *
 * @param fallback for a name without any of those
 */
export function makeCameraId(name: string, isTaken: (id: string) => boolean, fallback = 'camera'): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  const base = plain === '' ? fallback : plain;
  if (!isTaken(base)) return base;
  for (let number = 2; ; number++) {
    const id = `${base.slice(0, longest - 6)}-${number}`;
    if (!isTaken(id)) return id;
  }
}
