import { createRandom, shuffled } from '../random.js';

/** The parts that a data set is split into. */
export const splitParts = ['train', 'validation', 'test'] as const;

/** One part of a split. */
export type SplitPart = (typeof splitParts)[number];

/** What a split needs to know of one picture. */
export interface Groupable {
  readonly file: string;
  readonly label: string;
  /** Scene or person: never divided between parts. */
  readonly group: string;
}

/** Share of each part; they sum to 1. */
export type SplitFractions = Readonly<Record<SplitPart, number>>;

/** The usual shares. */
export const defaultFractions: SplitFractions = { train: 0.7, validation: 0.2, test: 0.1 };

/**
 * Splits by group, stratified by label: groups come in random order, the ones with rare labels first, and each goes to
 * the part that lacks most of what the group holds. Same items, fractions and seed give the same split.
 * @returns the part of each file
 * @throws RangeError when the fractions do not sum to 1
 */
export function splitByGroup(
  items: readonly Groupable[],
  fractions: SplitFractions,
  seed: number,
): Map<string, SplitPart> {
  const sum = splitParts.reduce((total, part) => total + fractions[part], 0);
  if (Math.abs(sum - 1) > 1e-6) throw new RangeError(`split fractions sum to ${sum}, not 1`);
  const totals = new Map<string, number>();
  for (const { label } of items) totals.set(label, (totals.get(label) ?? 0) + 1);
  const rarity = (group: readonly Groupable[]): number =>
    Math.min(...group.map((i) => totals.get(i.label) ?? 0));

  const ordered = [...items].sort((a, b) => (a.file < b.file ? -1 : 1));
  const groups = shuffled([...byGroup(ordered).values()], createRandom(seed));
  // Big groups first within a rarity: small ones then even out what they leave.
  groups.sort((a, b) => rarity(a) - rarity(b) || b.length - a.length);

  const held = new Map<string, number>();
  const need = (part: SplitPart, label: string): number =>
    fractions[part] - (held.get(`${part} ${label}`) ?? 0) / (totals.get(label) ?? 1);
  const parts = new Map<string, SplitPart>();
  for (const group of groups) {
    // Need is relative to the part's share, so that the small parts get their groups as early as the big one.
    const want = (part: SplitPart): number =>
      fractions[part] === 0
        ? -Infinity
        : group.reduce((total, { label }) => total + need(part, label) / fractions[part], 0);
    const best = splitParts.reduce((a, b) => (want(b) > want(a) ? b : a));
    for (const item of group) {
      parts.set(item.file, best);
      const key = `${best} ${item.label}`;
      held.set(key, (held.get(key) ?? 0) + 1);
    }
  }
  return parts;
}

function byGroup(items: readonly Groupable[]): Map<string, Groupable[]> {
  const groups = new Map<string, Groupable[]>();
  for (const item of items) {
    const members = groups.get(item.group);
    if (members) members.push(item);
    else groups.set(item.group, [item]);
  }
  return groups;
}
