import { expect } from 'chai';
import fc from 'fast-check';
import { formatCursor, parseCursor } from '../../../server/storage/cursor.js';
import { createEventLog, type EventLog } from '../../../server/storage/event-log.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { visit } from '../../helpers/people.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the log of events', () => {
  const folders = tempFolders();
  let db: Database;
  let log: EventLog;
  beforeEach(() => {
    db = openDatabase(folders.make());
    log = createEventLog(db);
  });
  afterEach(() => db.close());

  const add = (count: number, cameraId = 'door', at = 0): void => {
    for (let i = 0; i < count; i++) log.append('visit', cameraId, at, { visit: visit(`v${i}`) });
  };
  const all = { cameras: '*', kinds: ['visit', 'counts', 'camera'] } as const;

  it('numbers events from 1 and gives them back as they were appended', () => {
    const first = log.append('visit', 'door', 5, { visit: visit('a') });
    expect(first.seq).to.equal(1);
    expect(first.event).to.deep.equal({ v: 1, cursor: log.cursorAt(1), at: 5, visit: visit('a') });
    expect(log.read(0, all)).to.deep.equal({ events: [first], through: 1, end: true });
  });

  it('reads in bounded pieces that together are everything, whatever the filter', () => {
    for (let i = 0; i < 30; i++) add(1, i % 3 === 0 ? 'hall' : 'door');
    const found: number[] = [];
    let place = 0;
    for (let pieces = 1; ; pieces++) {
      const page = log.read(place, { cameras: ['hall'], kinds: ['visit'] }, 7);
      found.push(...page.events.map(({ seq }) => seq));
      place = page.through;
      if (!page.end) continue;
      expect(pieces).to.equal(5);
      break;
    }
    expect(found).to.deep.equal([1, 4, 7, 10, 13, 16, 19, 22, 25, 28]);
    expect(log.read(0, { cameras: '*', kinds: [] }).events).to.deep.equal([]);
    expect(log.read(0, { cameras: [], kinds: ['visit'] }).events).to.deep.equal([]);
  });

  it('resumes from every place that is whole, and from no other', () => {
    expect(log.resume(log.cursorAt(0))).to.equal(0);
    add(10);
    expect(log.resume(log.cursorAt(0))).to.equal(0);
    expect(log.resume(log.cursorAt(10))).to.equal(10);
    expect(log.resume(log.cursorAt(11)), 'from the future').to.equal(undefined);
    expect(log.resume(formatCursor({ databaseId: '0123456789abcdef', seq: 3 })), 'another database').to.equal(
      undefined,
    );
    log.prune(0, 4, 100);
    expect(log.resume(log.cursorAt(5)), 'number 6 is gone').to.equal(undefined);
    expect(log.resume(log.cursorAt(6))).to.equal(6);
  });

  it('prunes the oldest by age and by number, in steps', () => {
    add(10, 'door', 100);
    add(10, 'door', 200);
    expect(log.prune(150, 1000, 4)).to.equal(4);
    expect(log.prune(150, 1000, 100)).to.equal(6);
    expect(log.prune(150, 1000, 100)).to.equal(0);
    expect(log.prune(0, 3, 100)).to.equal(7);
    expect(log.read(0, all).events.map(({ seq }) => seq)).to.deep.equal([18, 19, 20]);
  });

  it('never uses a number twice, also when everything was pruned', () => {
    add(5);
    expect(log.prune(1, 0, 100)).to.equal(5);
    expect(log.newest()).to.equal(5);
    expect(log.resume(log.cursorAt(5))).to.equal(5);
    expect(log.resume(log.cursorAt(4))).to.equal(undefined);
    add(1);
    expect(log.newest()).to.equal(6);
  });

  it('reads any text as a cursor without failing, and only its own as one', () => {
    fc.assert(fc.property(fc.string(), (text) => parseCursor(text) === undefined));
    fc.assert(
      fc.property(fc.nat(), (seq) => {
        const cursor = { databaseId: 'feedfacefeedface', seq };
        expect(parseCursor(formatCursor(cursor))).to.deep.equal(cursor);
      }),
    );
    for (const text of ['__proto__', '', 'feedfacefeedface.-1', 'feedfacefeedface.1e3', 'x'.repeat(10_000)]) {
      expect(log.resume(text)).to.equal(undefined);
    }
  });
});
