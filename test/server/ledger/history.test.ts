import { expect } from 'chai';
import fc from 'fast-check';
import { bucketStart, readHistory } from '../../../server/ledger/history.js';
import { wilsonInterval } from '../../../server/ledger/wilson-interval.js';
import { createBucketStore, type BucketStore } from '../../../server/storage/bucket-store.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const nobody = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };
const minuteMs = 60_000;

describe('the history of counts', () => {
  const folders = tempFolders();
  let db: Database;
  let buckets: BucketStore;
  beforeEach(() => {
    db = openDatabase(folders.make());
    buckets = createBucketStore(db);
  });
  afterEach(() => db.close());

  it('begins a bucket at or before each of its moments', () => {
    const moment = fc.integer({ min: 0, max: 4e12 });
    fc.assert(
      fc.property(moment, fc.constantFrom('minute', 'hour', 'day'), (ms, bucket) => {
        const start = bucketStart(ms, bucket);
        expect(start).to.be.at.most(ms);
        expect(bucketStart(start, bucket)).to.equal(start);
      }),
    );
  });

  it('sums minutes into longer buckets and shows a gap as a gap', () => {
    const start = bucketStart(new Date(2026, 2, 10, 12).getTime(), 'hour');
    buckets.add('door', start, { people: { ...nobody, mask: 2 }, watchedMs: 60_000 });
    buckets.add('door', start + minuteMs, { people: { ...nobody, no_mask: 2 }, watchedMs: 30_000 });
    buckets.add('hall', start + 7_200_000, { people: nobody, watchedMs: 1000 });
    const to = start + 10_800_000;
    const hours = readHistory(buckets, { from: start, to, bucket: 'hour' });
    const [first, second] = hours.buckets;
    expect(hours.buckets).to.have.length(2);
    expect(first).to.deep.include({
      at: start,
      cameraId: 'door',
      people: { ...nobody, mask: 2, no_mask: 2 },
      compliance: 0.5,
      watchedSeconds: 90,
    });
    expect(second).to.deep.include({
      at: start + 7_200_000,
      cameraId: 'hall',
      compliance: null,
      interval: null,
    });
    const minutes = readHistory(buckets, { from: start, to, bucket: 'minute', camera: 'door' });
    expect(minutes.buckets.map(({ at }) => at)).to.deep.equal([start, start + minuteMs]);
  });

  it('keeps hours and days equal to the sum of their minutes, corrections included', () => {
    const day = bucketStart(new Date(2026, 5, 3, 9).getTime(), 'day');
    const change = fc.record({
      minute: fc.integer({ min: 0, max: 3 * 1440 - 1 }),
      mask: fc.integer({ min: -2, max: 5 }),
      watchedMs: fc.integer({ min: 0, max: 60_000 }),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.uuid(), (changes, camera) => {
        for (const { minute, mask, watchedMs } of changes) {
          buckets.add(camera, day + minute * minuteMs, { people: { ...nobody, mask }, watchedMs });
        }
        const sums = (['minute', 'hour', 'day'] as const).map((length) => {
          const rows = buckets.read({ length, from: 0, to: 9e12, camera });
          for (const { at } of rows) expect(bucketStart(at, length)).to.equal(at);
          return [
            rows.reduce((sum, { people }) => sum + people.mask, 0),
            rows.reduce((sum, { watchedMs }) => sum + watchedMs, 0),
          ];
        });
        expect(sums[1]).to.deep.equal(sums[0]);
        expect(sums[2]).to.deep.equal(sums[0]);
      }),
      { numRuns: 20 },
    );
  });

  it('gives an interval that holds the share, is narrower with more people and never leaves 0 to 1', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const trials = Math.max(a, b, 1);
        const [low, high] = wilsonInterval(Math.min(a, b), trials) ?? [1, 0];
        const share = Math.min(a, b) / trials;
        expect(low).to.be.within(0, share + 1e-9);
        expect(high).to.be.within(share - 1e-9, 1);
      }),
    );
    // Newcombe (1998), table I: 81 of 263.
    const [low, high] = wilsonInterval(81, 263) ?? [0, 0];
    expect([low.toFixed(4), high.toFixed(4)]).to.deep.equal(['0.2553', '0.3662']);
    expect(wilsonInterval(0, 0)).to.equal(null);
  });
});
