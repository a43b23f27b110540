import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
import type { LoggedEvent } from '../../../server/storage/event-log.js';
import { createJournal } from '../../../server/storage/journal.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { createVisitStore } from '../../../server/storage/visit-store.js';
import { startEventPruner } from '../../../server/storage/event-pruner.js';
import { visit } from '../../helpers/people.js';
import { plainCopy } from '../../helpers/plain-copy.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const nobody = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };

describe('the journal', () => {
  const folders = tempFolders();
  let db: Database;
  beforeEach(() => {
    db = openDatabase(folders.make());
  });
  afterEach(() => db.close());

  it('tells events in order, only after they are in the database, within the batch time', async () => {
    const journal = createJournal(db, { everyMs: 20 });
    const seen: LoggedEvent[] = [];
    const third = new Promise<void>((resolve) => {
      journal.onCommit((event) => {
        expect(journal.log.newest()).to.be.at.least(event.seq);
        seen.push(event);
        if (seen.length === 3) resolve();
      });
    });
    for (const id of ['a', 'b', 'c']) journal.append('visit', 'door', 1, { visit: visit(id) });
    expect(seen, 'not before the commit').to.deep.equal([]);
    await third;
    expect(seen.map(({ seq }) => seq)).to.deep.equal([1, 2, 3]);
    journal.close();
  });

  it('merges changes of one visit and of one bucket', () => {
    const journal = createJournal(db);
    journal.putVisit(visit('a', { state: 'mask' }));
    journal.putVisit(visit('a', { state: 'no_mask' }));
    journal.addToBucket('door', 0, { people: { ...nobody, mask: 1 }, watchedMs: 500 });
    journal.addToBucket('door', 0, { people: { ...nobody, mask: -1, no_mask: 1 }, watchedMs: 600 });
    expect(journal.flush()).to.equal(true);
    journal.addToBucket('door', 0, { people: { ...nobody, unknown: 2 }, watchedMs: 0 });
    journal.close();
    journal.close();
    expect(createVisitStore(db).list({ from: 0, to: 2e12, limit: 9 })).to.deep.equal([
      visit('a', { state: 'no_mask' }),
    ]);
    expect(createBucketStore(db).read({ length: 'minute', from: 0, to: 60_000 })).to.deep.equal([
      { at: 0, cameraId: 'door', people: { mask: 0, no_mask: 1, incorrect: 0, unknown: 2 }, watchedMs: 1100 },
    ]);
  });

  it('keeps everything in order while the disk refuses writes, bounded, and writes it when it can', () => {
    let full = true;
    const problems: unknown[] = [];
    const flaky: Database = {
      ...db,
      transaction: (work) => {
        if (full) throw new Error('database or disk is full');
        return db.transaction(work);
      },
    };
    const journal = createJournal(flaky, { maxPendingEvents: 3, onProblem: (error) => problems.push(error) });
    for (const id of ['a', 'b', 'c', 'd']) journal.append('visit', 'door', 1, { visit: visit(id) });
    expect(journal.flush()).to.equal(false);
    expect(journal.flush()).to.equal(false);
    expect(problems, 'told once').to.have.length(1);
    expect(journal.stats()).to.include({ pendingEvents: 3, droppedEvents: 1, failedWrites: 2 });
    full = false;
    const told: string[] = [];
    journal.onCommit((event) => {
      if (event.kind === 'visit') told.push(event.event.visit.visitId);
    });
    expect(journal.flush()).to.equal(true);
    expect(told).to.deep.equal(['b', 'c', 'd']);
    expect(journal.stats()).to.include({ pendingEvents: 0, committedEvents: 3, problem: '' });
    journal.close();
  });

  it('goes on when a listener throws', () => {
    const problems: unknown[] = [];
    const journal = createJournal(db, { onProblem: (error) => problems.push(error) });
    let told = 0;
    journal.onCommit(() => {
      throw new Error('listener');
    });
    journal.onCommit(() => told++);
    journal.append('visit', 'door', 1, { visit: visit('a') });
    journal.flush();
    expect([told, problems.length]).to.deep.equal([1, 1]);
    journal.close();
    expect(() => journal.putVisit(visit('late'))).to.throw('closed');
  });

  it('is pruned by age only when the clock said so twice', async () => {
    const journal = createJournal(db);
    journal.append('visit', 'door', 1000, { visit: visit('a') });
    journal.flush();
    let checks = 0;
    const nows = [1000, 1e9, 1000, 1e9, 1e9];
    await new Promise<void>((resolve) => {
      const stop = startEventPruner(
        {
          ...journal.log,
          prune: (olderThan) => {
            checks++;
            expect(olderThan > 1000, `check ${checks}`).to.equal(checks === 5);
            if (checks === 5) {
              stop();
              resolve();
            }
            return 0;
          },
        },
        () => nows[checks] ?? 0,
        { everyMs: 2, maxAgeMs: 10 },
      );
    });
    journal.close();
  });

  it('loses no told event when the process is killed in mid-write, twenty times over', async function () {
    this.timeout(120_000);
    const folder = folders.make();
    const program = plainCopy(folders.make(), 'test/helpers/journal-writer.ts');
    for (let round = 0; round < 20; round++) {
      const child = spawn(process.execPath, [program, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let told = 0;
      const lines = createInterface({ input: child.stdout });
      await new Promise<void>((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`The writer ended with ${code}.`)));
        let seen = 0;
        lines.on('line', (line) => {
          told = Number(line);
          if (++seen === 20 + round * 7) resolve();
        });
      });
      child.kill('SIGKILL');
      await once(child, 'exit');
      const reopened = openDatabase(folder);
      expect(createJournal(reopened).log.newest(), `round ${round}`).to.be.at.least(told);
      reopened.close();
    }
  });
});
