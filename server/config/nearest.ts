/**
 * The known word nearest to a mistyped one.
 *
 * @returns the word with the least Levenshtein distance, if that is at most a third of the typed word's length (but 2 always pass)
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const word of known) {
    const cost = distance(typed.toLowerCase(), word.toLowerCase());
    if (cost < least) {
      least = cost;
      best = word;
    }
  }
  return best;
}

/** Levenshtein distance by the two-row method. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const swap = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
