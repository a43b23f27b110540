import { expect } from 'chai';
import { type BucketLength, createBucketStore } from '../../../server/storage/bucket-store.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { type Retention, startRetention } from '../../../server/storage/retention.js';
import { createVisitStore } from '../../../server/storage/visit-store.js';
import { nobody } from '../../../server/ledger/people-counts.js';
import { visit } from '../../helpers/people.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const dayMs = 24 * 3_600_000;
const now = new Date(2026, 4, 1, 12).getTime();

describe('the retention of records', () => {
  const folders = tempFolders();
  let db: Database;
  beforeEach(() => {
    db = openDatabase(folders.make());
    const buckets = createBucketStore(db);
    for (let day = 0; day < 10; day++) {
      for (const camera of ['door', 'hall']) {
        buckets.add(camera, now - day * dayMs, { people: { ...nobody, mask: 1 }, watchedMs: 60_000 });
      }
    }
  });
  afterEach(() => db.close());

  const rows = (length: BucketLength): number =>
    createBucketStore(db).read({ length, from: 0, to: 9e12 }).length;

  /** Lets the retention run, without waiting longer than it needs, until a condition holds or it had many turns. */
  async function run(keep: Retention, clock: () => number, until: () => boolean, step = 3): Promise<number> {
    let turns = 0;
    await new Promise<void>((resolve, reject) => {
      const stop = startRetention(
        db,
        () => {
          if (until() || ++turns > 400) {
            stop();
            resolve();
          }
          return keep;
        },
        clock,
        { everyMs: 1, step, onProblem: reject },
      );
    });
    return turns;
  }

  it('deletes old minutes in small steps and keeps the hours and days made of them', async () => {
    await run(
      { minutes: 4.5 },
      () => now,
      () => rows('minute') === 10,
    );
    expect([rows('minute'), rows('hour'), rows('day')]).to.deep.equal([10, 20, 20]);
  });

  it('goes on where more rows than a step share one moment', async () => {
    await run(
      { hours: 1.5 },
      () => now,
      () => rows('hour') === 4,
      1,
    );
    expect(rows('hour')).to.equal(4);
  });

  it('deletes stays by the time they began', async () => {
    const visits = createVisitStore(db);
    visits.put(visit('old', { firstSeenAt: now - 3 * dayMs, lastSeenAt: now - 3 * dayMs + 1000 }));
    visits.put(visit('new', { firstSeenAt: now - dayMs, lastSeenAt: now - dayMs + 1000 }));
    const ids = (): string[] => visits.list({ from: 0, to: 9e12, limit: 9 }).map(({ visitId }) => visitId);
    await run(
      { visits: 2 },
      () => now,
      () => ids().length === 1,
    );
    expect(ids()).to.deep.equal(['new']);
  });

  it('deletes nothing on one wrong reading of the clock, and keeps for ever what has no age', async () => {
    let readings = 0;
    await run(
      { minutes: 5, hours: 5 },
      () => (readings++ === 7 ? now + 90 * dayMs : now - 8 * dayMs),
      () => readings > 40,
    );
    expect([rows('minute'), rows('hour')]).to.deep.equal([20, 20]);
    await run(
      {},
      () => now + 900 * dayMs,
      () => false,
    );
    expect([rows('minute'), rows('hour'), rows('day')]).to.deep.equal([20, 20, 20]);
  });
});
