import type { ReplayRunView, ReplayZoneView } from '../../../server/http/tryout-api.js';
import { allPeople } from './people.js';

/** What is told of a zone: people and compliance of an area, crossings of a line in both directions. */
export type ZoneMeasure = 'people' | 'compliance' | 'forward' | 'backward';

/** One row of the comparison of runs. */
export interface ZoneRow {
  readonly name: string;
  readonly measure: ZoneMeasure;
  /** Null where the run has no such zone, or nobody with a decided state in it. */
  readonly of: (result: NonNullable<ReplayRunView['result']>) => number | null;
}

const measures: Readonly<Record<ReplayZoneView['kind'], readonly ZoneMeasure[]>> = {
  area: ['people', 'compliance'],
  line: ['forward', 'backward'],
};

/** The rows for the zones of all runs, in the order in which they came up. Zones of different runs are the same by kind and name. */
export function zoneMeasures(runs: readonly ReplayRunView[]): ZoneRow[] {
  const known = new Map<string, ReplayZoneView>();
  for (const zone of runs.flatMap(({ result }) => result?.zones ?? [])) {
    const key = keyOf(zone);
    if (!known.has(key)) known.set(key, zone);
  }
  return [...known].flatMap(([key, { name, kind }]) =>
    measures[kind].map((measure) => ({
      name,
      measure,
      of: ({ zones }) => {
        const zone = zones.find((one) => keyOf(one) === key);
        return zone === undefined ? null : valueOf(zone, measure);
      },
    })),
  );
}

/** The names of the zones that a run was asked to count by. */
export function zoneNames({ zones = [] }: ReplayRunView['request']): string {
  return zones.map(({ name }) => name).join(', ');
}

function keyOf({ kind, name }: ReplayZoneView): string {
  return `${kind} ${name}`;
}

function valueOf(zone: ReplayZoneView, measure: ZoneMeasure): number | null {
  if (zone.kind === 'line') return allPeople(measure === 'backward' ? zone.backward : zone.forward);
  return measure === 'compliance' ? zone.compliance : allPeople(zone.people);
}
