/** A translation on its way: what it lacks is shown in English. */
export type Translation<T> = T extends (...args: never[]) => string
  ? T
  : T extends string
    ? string
    : { readonly [K in keyof T]?: Translation<T[K]> };

/** The whole with the translated parts put in. */
export function completed<T extends object>(whole: T, translated: object): T {
  const parts = translated as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(whole).map(([key, value]: [string, unknown]) => [
      key,
      isGroup(value) && isGroup(parts[key]) ? completed(value, parts[key]) : (parts[key] ?? value),
    ]),
  ) as T;
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
