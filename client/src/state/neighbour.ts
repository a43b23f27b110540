/** A rectangle on the screen, as `getBoundingClientRect` gives it. */
export interface Placed {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where an arrow key points. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** The direction of an arrow key; undefined for other keys. */
export function directionOfKey(key: string): Direction | undefined {
  const directions: Readonly<Record<string, Direction>> = {
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
  };
  return directions[key];
}

/** Pixels by which two that lie side by side may overlap, by rounding. */
const touching = 2;

/**
 * Which rectangle lies next to another one, as people see it: the nearest in that direction, where going sideways costs double.
 *
 * @param from index of the one to start at
 * @returns its index; `from` where nothing lies there
 */
export function neighbour(places: readonly Placed[], from: number, direction: Direction): number {
  const start = places[from];
  if (start === undefined) return from;
  let best = from;
  let least = Infinity;
  for (const [index, place] of places.entries()) {
    const across = place.left + place.width / 2 - (start.left + start.width / 2);
    const along = place.top + place.height / 2 - (start.top + start.height / 2);
    // From edge to edge: beside a large picture several small ones lie to the right, none of them to the left.
    const [gap, ahead, aside] = {
      left: [start.left - place.left - place.width, -across, along] as const,
      right: [place.left - start.left - start.width, across, along] as const,
      up: [start.top - place.top - place.height, -along, across] as const,
      down: [place.top - start.top - start.height, along, across] as const,
    }[direction];
    if (index === from || gap < -touching) continue;
    const cost = ahead + 2 * Math.abs(aside);
    if (cost < least) [best, least] = [index, cost];
  }
  return best;
}
