import { expect } from 'chai';
import fc from 'fast-check';
import { bucketStart, nextBucketStart, readHistory } from '../../../server/ledger/history.js';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
import { openDatabase } from '../../../server/storage/open-database.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const nobody = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };

describe('the history of counts', () => {
  const folders = tempFolders();

  it('cuts time into buckets that follow each other without holes', () => {
    const moment = fc.integer({ min: 0, max: 4e12 });
    fc.assert(
      fc.property(moment, fc.constantFrom('minute', 'hour', 'day'), (ms, bucket) => {
        const start = bucketStart(ms, bucket);
        const next = nextBucketStart(start, bucket);
        expect(start).to.be.at.most(ms);
        expect(next).to.be.greaterThan(ms);
        expect(bucketStart(next, bucket)).to.equal(next);
      }),
    );
  });

  it('sums minutes into longer buckets and shows a gap as a gap', async () => {
    const db = openDatabase(folders.make());
    const buckets = createBucketStore(db);
    const start = bucketStart(new Date(2026, 2, 10, 12).getTime(), 'hour');
    buckets.add('door', start, { people: { ...nobody, mask: 2 }, watchedMs: 60_000 });
    buckets.add('door', start + 60_000, { people: { ...nobody, no_mask: 2 }, watchedMs: 30_000 });
    buckets.add('hall', start + 7_200_000, { people: nobody, watchedMs: 1000 });
    const to = start + 10_800_000;
    const hours = await readHistory(buckets, { from: start, to, bucket: 'hour' });
    expect(hours.buckets).to.deep.equal([
      {
        at: start,
        cameraId: 'door',
        people: { ...nobody, mask: 2, no_mask: 2 },
        compliance: 0.5,
        watchedSeconds: 90,
      },
      { at: start + 7_200_000, cameraId: 'hall', people: nobody, compliance: null, watchedSeconds: 1 },
    ]);
    const minutes = await readHistory(buckets, { from: start, to, bucket: 'minute', camera: 'door' });
    expect(minutes.buckets.map(({ at }) => at)).to.deep.equal([start, start + 60_000]);
    db.close();
  });
});
