/**
 * Gives a function that writes a count with its noun in the form that the number wants.
 *
 * @param locale BCP 47
 */
export function countedIn(locale: string): (count: number, one: string, other: string) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, one, other) => `${numbers.format(count)} ${rules.select(count) === 'one' ? one : other}`;
}
