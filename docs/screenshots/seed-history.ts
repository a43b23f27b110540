import type { Alert, PeopleCounts, Visit } from '../../server/realtime/events.js';
import { createJournal } from '../../server/storage/journal.js';
import { openDatabase } from '../../server/storage/open-database.js';
import { wholePicture } from '../../server/zones/camera-zones.js';
import type { ZoneDelta } from '../../server/zones/zone-change.js';

const minute = 60_000;
const hour = 60 * minute;
/** How long everybody stays. */
const stayMs = 20_000;

/** The cameras that were there all week, and how busy each is in people a minute at its busiest. */
const busy = { demo: 2.4, 'entrance-hall': 1.2 } as const;

/**
 * Puts a week of figures and a few alerts into a new data folder, so that the pages of the past have something to show. The figures
 * are made up; no camera saw anybody.
 *
 * @param now epoch milliseconds
 */
export function seedHistory(dataFolder: string, now: number): void {
  const db = openDatabase(dataFolder);
  const journal = createJournal(db);
  try {
    const random = randomFrom(7);
    const end = Math.floor(now / minute) * minute;
    for (const [cameraId, peak] of Object.entries(busy)) {
      for (let at = end - 7 * 24 * hour; at < end; at += minute) {
        // Somebody pulled a plug yesterday: a gap is shown as a gap.
        if (cameraId === 'demo' && at > end - 20 * hour && at < end - 18.5 * hour) continue;
        const mean = peak * activity(at);
        const some = (share: number): number => Math.floor(mean * share + random());
        const people = { mask: some(0.76), no_mask: some(0.11), incorrect: some(0.05), unknown: some(0.04) };
        journal.addToBucket(cameraId, at, { people, watchedMs: minute });
        const whole = { cameraId, zoneId: wholePicture, flow: 'entered', minuteAt: at } as const;
        journal.addToZoneMinute(whole, insideOf(people));
        if (new Date(at).toDateString() === new Date(now).toDateString()) {
          for (const visit of visitsOf(cameraId, at, people)) journal.putVisit(visit);
        }
      }
    }
    for (const alert of alertsBefore(now)) {
      journal.putAlert(alert);
    }
    if (!journal.flush()) throw new Error(`the data folder takes no figures: ${journal.stats().problem}`);
  } finally {
    journal.close();
    db.close();
  }
}

/** How full the picture was while these people came, each for as long as a stay. */
function insideOf(people: PeopleCounts): ZoneDelta {
  const stays = people.mask + people.no_mask + people.incorrect + people.unknown;
  const dwellMs = stays * stayMs;
  return {
    people,
    occupancyMs: dwellMs,
    occupancyMax: Math.min(stays, 3),
    dwellMs,
    stays,
    watchedMs: minute,
  };
}

/** Of each of the people of a minute one stay. */
function visitsOf(cameraId: string, at: number, people: PeopleCounts): Visit[] {
  return (['mask', 'no_mask', 'incorrect', 'unknown'] as const).flatMap((state) =>
    Array.from({ length: people[state] }, (_, index) => ({
      visitId: `seeded-${cameraId}-${at / minute}-${state}-${index}`,
      ...{ cameraId, state, firstSeenAt: at, lastSeenAt: at + stayMs },
      ...{ confidence: state === 'unknown' ? 0.4 : 0.93, changes: 0, ended: true },
    })),
  );
}

/** How much of the busiest time there is at a time of day: little at night, most before noon and in the afternoon. */
function activity(at: number): number {
  const date = new Date(at);
  const time = date.getHours() + date.getMinutes() / 60;
  const bump = (centre: number, width: number): number => Math.exp(-(((time - centre) / width) ** 2));
  return 0.06 + bump(10, 2.2) + 0.8 * bump(16, 2.6);
}

function alertsBefore(now: number): Alert[] {
  const common = {
    ruleId: 'seeded',
    cameraId: 'entrance-hall',
    cameraName: 'Entrance hall',
    quiet: false,
    people: { mask: 5, no_mask: 2, incorrect: 0, unknown: 1 },
  };
  return [
    {
      ...common,
      ...{
        alertId: 'seeded-1',
        ruleName: 'Masks at the entrance',
        kind: 'share-unmasked',
        severity: 'warning',
      },
      ...{ zoneId: 'desk', zoneName: 'Desk', value: 0.14, worst: 0.33, limit: 0.2 },
      ...{ raisedAt: now - 52 * minute, clearedAt: now - 41 * minute },
    },
    {
      ...common,
      ...{ alertId: 'seeded-2', ruleName: 'Hall is full', kind: 'occupancy', severity: 'info' },
      ...{ value: 9, worst: 14, limit: 12, people: { mask: 11, no_mask: 2, incorrect: 1, unknown: 0 } },
      ...{ raisedAt: now - 3.2 * hour, clearedAt: now - 2.9 * hour },
      acknowledged: { at: now - 3 * hour, by: 'ana', note: 'Second door opened.' },
    },
    {
      ...common,
      ...{ alertId: 'seeded-3', ruleName: 'A camera is down', kind: 'camera-down', severity: 'critical' },
      ...{ cameraId: 'demo', cameraName: 'Demo', value: 5400, worst: 5400, limit: 60, quiet: true },
      ...{ raisedAt: now - 20 * hour, clearedAt: now - 18.5 * hour },
    },
  ];
}

/** Numbers of 0..1 that are the same at each run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
