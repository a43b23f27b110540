import { basename, extname } from 'node:path';

/**
 * How the names of known collections tell which scene or person a crop belongs to. The first rule that fits
 * gives the group; `(...)` is what the crops of one group share.
 */
const rules: readonly RegExp[] = [
  // <collection>_<scene>_<face number>_<hash>
  /^(?:ilc2021|voc853)_(.+)_\d+_[0-9a-f]{6}$/,
  // chandrikadeb7_0_0_<person>_<number>_<hash>, after RMFD
  /^(chandrikadeb7_0_0_[a-zA-Z]+)_?\d*_[0-9a-f]{6}$/,
  // Copies of one picture: "<name>_copy_<number>"
  /^(.+)_copy(?:_\d+)?_[0-9a-f]{6}$/,
  // zapouria_Augmented_<picture>_<random>_<hash>
  /^(zapouria_Augmented_\d+)_\d+_[0-9a-f]{6}$/,
  // The general rule: what stands before the last underscore.
  /^(.+)_[^_]*$/,
];

/** The scene or person of a file, by its name alone; a name without an underscore is its own group. */
export function groupName(file: string): string {
  const stem = basename(file, extname(file));
  for (const rule of rules) {
    const found = rule.exec(stem)?.[1];
    if (found !== undefined) return found;
  }
  return stem;
}

/** The collection a file came from: its name up to the first underscore, or `own` where there is none. */
export function sourceName(file: string): string {
  return /^([^_]+)_/.exec(basename(file))?.[1] ?? 'own';
}
