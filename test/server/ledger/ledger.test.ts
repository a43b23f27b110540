import { expect } from 'chai';
import { createLedger, type Ledger } from '../../../server/ledger/ledger.js';
import type { Moment } from '../../../server/ledger/ledger-change.js';
import { localDayOf } from '../../../server/ledger/local-day.js';
import type { CountsEvent, VisitEvent } from '../../../server/realtime/events.js';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
import { createJournal, type Journal } from '../../../server/storage/journal.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { createVisitStore, type VisitStore } from '../../../server/storage/visit-store.js';
import { track, tracksAt, visit } from '../../helpers/people.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const nobody = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };

describe('the ledger', () => {
  const folders = tempFolders();
  let db: Database;
  let journal: Journal;
  let visits: VisitStore;
  let ledger: Ledger;
  let clock: Moment;
  let counts: CountsEvent[];
  let told: VisitEvent[];

  beforeEach(() => {
    db = openDatabase(folders.make());
    journal = createJournal(db);
    visits = createVisitStore(db);
    counts = [];
    told = [];
    journal.onCommit((logged) => {
      if (logged.kind === 'counts') counts.push(logged.event);
      if (logged.kind === 'visit') told.push(logged.event);
    });
    clock = { epochMs: new Date(2026, 2, 10, 12).getTime(), monotonicMs: 1000 };
  });
  afterEach(() => {
    ledger.close();
    journal.close();
    db.close();
  });

  const open = (tickMs = 60_000): void => {
    ledger = createLedger({ journal, visits, now: () => clock, tickMs });
  };
  const pass = (ms: number): void => {
    clock = { epochMs: clock.epochMs + ms, monotonicMs: clock.monotonicMs + ms };
  };
  const see = (...ids: string[]): void => {
    const ms = clock.monotonicMs;
    ledger.accept(
      tracksAt(
        ms,
        ids.map((id) => track(id, { firstSeenMs: ms, lastSeenMs: ms })),
      ),
    );
    journal.flush();
  };

  it('keeps visits, tells them, and counts', () => {
    open();
    see('a', 'b');
    expect(counts.at(-1)).to.include({ complianceNow: 1, complianceToday: 1 });
    expect(counts.at(-1)?.inView).to.deep.equal({ ...nobody, mask: 2 });
    expect(told.map((event) => event.visit.visitId)).to.deep.equal(['a', 'b']);
    expect(visits.open()).to.have.length(2);
    expect(createBucketStore(db).read({ length: 'day', from: 0, to: 9e12 })[0]?.people).to.deep.equal({
      ...nobody,
      mask: 2,
    });
    const now = ledger.countsNow(['door', 'other']);
    expect(now.cursor).to.equal(journal.log.cursorAt(journal.log.newest()));
    expect(now.cameras[0]).to.deep.equal(counts.at(-1));
    expect(now.cameras[1]).to.include({ cameraId: 'other', complianceNow: null });
  });

  it('tells counts at most once a second for a camera, and the last of them always', async () => {
    open(5);
    see('a');
    see('a', 'b');
    see('a', 'b', 'c');
    expect(counts).to.have.length(1);
    const last = new Promise<void>((resolve) => {
      journal.onCommit(({ kind }) => {
        if (kind === 'counts') resolve();
      });
    });
    pass(1000);
    await last;
    expect(counts).to.have.length(2);
    expect(counts.at(-1)?.inView).to.deep.equal({ ...nobody, mask: 3 });
  });

  it('ends what a crash left open, at the last time it was seen, and tells so', () => {
    visits.put(
      visit('left', { ended: false, lastSeenAt: clock.epochMs - 5000, firstSeenAt: clock.epochMs - 9000 }),
    );
    open();
    expect(visits.open()).to.deep.equal([]);
    expect(told).to.have.length(1);
    expect(told[0]?.visit).to.include({ visitId: 'left', ended: true, lastSeenAt: clock.epochMs - 5000 });
    expect(ledger.countsNow(['door']).cameras[0]?.today).to.deep.equal({ ...nobody, mask: 1 });
  });

  it('ends visits when a camera is interrupted, forgotten, or the server stops', () => {
    open();
    see('a');
    ledger.interrupt('door');
    journal.flush();
    expect(told.at(-1)?.visit).to.include({ visitId: 'a', ended: true });
    see('b');
    ledger.forget('door');
    expect(told.at(-1)?.visit).to.include({ visitId: 'b', ended: true });
    see('c');
    expect(visits.open()).to.have.length(1);
    ledger.close();
    expect(visits.open()).to.deep.equal([]);
    expect(counts.at(-1)?.inView).to.deep.equal(nobody);
    expect(counts.at(-1)?.today, 'a camera that came back today').to.deep.equal({ ...nobody, mask: 3 });
  });

  it('starts at midnight with those in view, and finds the day again when the clock is set back', () => {
    open();
    see('a');
    pass(2000);
    ledger.accept(tracksAt(clock.monotonicMs, [], { ended: [{ ...track('a'), changes: 0 }] }));
    see('b');
    const { end } = localDayOf(clock.epochMs);
    const before = clock.epochMs;
    clock = { epochMs: end + 1, monotonicMs: clock.monotonicMs + 2000 };
    see('b');
    expect(counts.at(-1)?.today).to.deep.equal({ ...nobody, mask: 1 });
    clock = { epochMs: before + 1, monotonicMs: clock.monotonicMs + 2000 };
    see('b');
    expect(counts.at(-1)?.today).to.deep.equal({ ...nobody, mask: 2 });
  });

  describe('of a camera that only counts', () => {
    let only: boolean;
    let untold: string[];
    const openCounting = (): void => {
      ledger = createLedger({
        ...{ journal, visits, now: () => clock, tickMs: 60_000, buckets: createBucketStore(db) },
        countsOnly: () => only,
        onUntoldEnd: ({ visitId }) => untold.push(visitId),
      });
    };
    beforeEach(() => {
      only = true;
      untold = [];
    });

    it('keeps and tells numbers, and nothing of single people', () => {
      openCounting();
      see('a', 'b');
      pass(3000);
      ledger.accept(tracksAt(clock.monotonicMs, [track('b')], { ended: [{ ...track('a'), changes: 0 }] }));
      journal.flush();
      expect(told).to.deep.equal([]);
      expect(visits.list({ from: 0, to: 9e12, limit: 10 })).to.deep.equal([]);
      expect(untold).to.deep.equal(['a']);
      expect(counts.at(-1)?.inView).to.deep.equal({ ...nobody, mask: 1 });
      expect(counts.at(-1)?.today).to.deep.equal({ ...nobody, mask: 2 });
    });

    it('knows the people of today after a restart', () => {
      openCounting();
      see('a', 'b');
      ledger.close();
      openCounting();
      expect(ledger.countsNow(['door']).cameras[0]?.today).to.deep.equal({ ...nobody, mask: 2 });
      see('c');
      expect(counts.at(-1)?.today).to.deep.equal({ ...nobody, mask: 3 });
    });

    it('ends the stays that were written before, and writes none from then on', () => {
      only = false;
      openCounting();
      see('a');
      only = true;
      ledger.interrupt('door');
      pass(1000);
      see('a', 'b');
      pass(1000);
      see('a', 'b');
      expect(visits.open()).to.deep.equal([]);
      expect(told.map(({ visit: { visitId, ended } }) => [visitId, ended])).to.deep.equal([
        ['a', false],
        ['a', true],
      ]);
      expect(counts.at(-1)?.inView).to.deep.equal({ ...nobody, mask: 2 });
    });
  });
});
