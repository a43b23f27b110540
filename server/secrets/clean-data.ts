/** Plain data with every text in it changed; names of fields stay. */
export function cleanData(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((inner: unknown) => cleanData(inner, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanData(inner, clean)]));
}
