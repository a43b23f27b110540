import type { MaskLabel } from '../../models/mask-classifier.js';
import { minuteOf, type Moment } from '../ledger/ledger-change.js';
import { nobody, withPeople } from '../ledger/people-counts.js';
import type { Point } from './geometry.js';
import { type LineStand, stepOverLine, type Way } from './line-watch.js';
import type { ZoneChange } from './zone-change.js';
import type { Passer } from './area-watch.js';

/** Somebody near a line. */
interface Walker {
  state: MaskLabel;
  stand: LineStand | undefined;
  /** His crossings, for when his state is corrected. */
  readonly crossings: { readonly way: Way; readonly minuteAt: number }[];
}

/** People remembered for each line. */
const remembered = 1024;
/** Crossings remembered of one person: who goes to and fro more often keeps his first state for the older ones. */
const rememberedCrossings = 50;

/** The people who cross one line. Pure, as `AreaWatch`. */
export class CrossingWatch {
  readonly #walkers = new Map<string, Walker>();

  /** @param ends in units of the points that `see` is given */
  constructor(readonly zoneId: string) {}

  /** Somebody is seen at a point; `ends` and `margin` are in the same units. */
  see(
    { trackId, state }: Passer,
    {
      ends,
      at,
      margin,
    }: { readonly ends: readonly [Point, Point]; readonly at: Point; readonly margin: number },
    now: Moment,
  ): ZoneChange[] {
    const walker = this.#walkers.get(trackId) ?? { state, stand: undefined, crossings: [] };
    this.#walkers.delete(trackId);
    this.#walkers.set(trackId, walker);
    for (const oldest of this.#walkers.keys()) {
      if (this.#walkers.size <= remembered) break;
      this.#walkers.delete(oldest);
    }
    const corrections = this.correct({ trackId, state });
    const { stand, way } = stepOverLine(ends, walker.stand, at, margin);
    walker.stand = stand;
    if (way === undefined) return corrections;
    const minuteAt = minuteOf(now.epochMs);
    walker.crossings.push({ way, minuteAt });
    if (walker.crossings.length > rememberedCrossings) walker.crossings.shift();
    return [
      ...corrections,
      { zoneId: this.zoneId, flow: way, minuteAt, delta: { people: withPeople(nobody, state, 1) } },
    ];
  }

  /** The vote on somebody changed: the minutes of his crossings are put right. */
  correct({ trackId, state }: Passer): ZoneChange[] {
    const walker = this.#walkers.get(trackId);
    if (walker === undefined || walker.state === state) return [];
    const people = withPeople(withPeople(nobody, walker.state, -1), state, 1);
    walker.state = state;
    return walker.crossings.map(({ way, minuteAt }) => ({
      zoneId: this.zoneId,
      flow: way,
      minuteAt,
      delta: { people },
    }));
  }

  /** Somebody left the picture: where he stood is of no use when he comes back elsewhere. */
  leave(trackId: string): void {
    const walker = this.#walkers.get(trackId);
    if (walker !== undefined) walker.stand = undefined;
  }
}
