import {
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openDatabase } from '../../../server/storage/open-database.js';
import { migrate, migrations } from '../../../server/storage/migrate.js';
import { openSqliteFile } from '../../../server/storage/sqlite-file.js';
import {
  DamagedDatabaseError,
  DataFolderTakenError,
  NewerDatabaseError,
} from '../../../server/storage/storage-errors.js';
import { createVisitStore } from '../../../server/storage/visit-store.js';
import { visit } from '../../helpers/people.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('opening the database', () => {
  const folders = tempFolders();

  it('makes the folder and a file that only its owner can read, and keeps its identity', () => {
    const folder = join(folders.make(), 'new', 'data');
    const first = openDatabase(folder);
    expect(statSync(first.path).mode & 0o777).to.equal(0o600);
    expect(statSync(folder).mode & 0o777).to.equal(0o700);
    expect(first.id).to.match(/^[0-9a-f]{16}$/);
    first.close();
    first.close();
    const second = openDatabase(folder);
    expect(second.id).to.equal(first.id);
    second.close();
    expect(existsSync(`${second.path}-wal`), 'checkpointed on close').to.equal(false);
  });

  it('refuses a folder that another server uses, and takes it when that one is closed', () => {
    const folder = folders.make();
    const first = openDatabase(folder);
    expect(() => openDatabase(folder)).to.throw(DataFolderTakenError, 'Another maskwatch server');
    first.close();
    openDatabase(folder).close();
  });

  it('moves a damaged file aside with all its bytes and then starts anew', () => {
    const folder = folders.make();
    const path = join(folder, 'maskwatch.db');
    const rubbish = Buffer.alloc(8192, 'no database ');
    writeFileSync(path, rubbish);
    let thrown: unknown;
    try {
      openDatabase(folder, () => 0);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).to.be.instanceOf(DamagedDatabaseError);
    const { movedTo } = thrown as DamagedDatabaseError;
    expect(movedTo).to.equal(`${path}.corrupt-1970-01-01T00-00-00-000Z`);
    expect(readFileSync(movedTo).equals(rubbish)).to.equal(true);
    openDatabase(folder).close();
  });

  it('never crashes otherwise nor overwrites a file with flipped or missing bytes', function () {
    this.timeout(60_000);
    const folder = folders.make();
    const db = openDatabase(folder);
    const visits = createVisitStore(db);
    for (let i = 0; i < 400; i++) visits.put(visit(`v${i}`));
    db.close();
    const sound = readFileSync(db.path);
    const byte = fc.record({ at: fc.nat(sound.length - 1), value: fc.nat(255) });
    fc.assert(
      fc.property(
        fc.array(byte, { minLength: 1, maxLength: 64 }),
        fc.option(fc.nat(sound.length)),
        (flips, cut) => {
          const damaged = Buffer.from(sound);
          for (const { at, value } of flips) damaged[at] = value;
          const target = folders.make();
          const path = join(target, 'maskwatch.db');
          writeFileSync(path, damaged);
          if (cut !== null) truncateSync(path, cut);
          const left = readFileSync(path);
          try {
            openDatabase(target).close();
          } catch (error) {
            const known = error instanceof DamagedDatabaseError || error instanceof NewerDatabaseError;
            if (!known) throw error;
            if (error instanceof DamagedDatabaseError) {
              expect(readFileSync(error.movedTo).length).to.equal(left.length);
              expect(existsSync(path)).to.equal(false);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves a file of a newer release alone', () => {
    const folder = folders.make();
    const file = openSqliteFile(join(folder, 'maskwatch.db'));
    file.setUserVersion(999);
    file.close();
    expect(() => openDatabase(folder)).to.throw(NewerDatabaseError, 'schema version 999');
    expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).to.deep.equal([]);
  });

  it('numbers its migrations from 1 without holes, and undoes a step that fails half-way', () => {
    expect(migrations.map(({ version }) => version)).to.deep.equal(migrations.map((_, index) => index + 1));
    const file = openSqliteFile(join(folders.make(), 'x.db'));
    const broken = { version: 2, name: 'broken', sql: 'CREATE TABLE a (x); CREATE TABLE a (x);' };
    expect(() => migrate(file, [...migrations.slice(0, 1), broken])).to.throw('already exists');
    expect(file.userVersion()).to.equal(1);
    expect(file.all(`SELECT name FROM sqlite_schema WHERE name = 'a'`, [])).to.deep.equal([]);
    file.close();
  });

  it('keeps no column that could hold a picture or a vector', () => {
    const db = openDatabase(folders.make());
    const file = openSqliteFile(db.path);
    const columns = file.all(
      `SELECT m.name AS tableName, c.name, c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
      [],
    ) as { type: string }[];
    expect(columns.length).to.be.greaterThan(20);
    expect(columns.filter(({ type }) => type === 'BLOB')).to.deep.equal([]);
    file.close();
    db.close();
  });

  it('tells damage in the middle of the file from a sound one', () => {
    const folder = folders.make();
    const db = openDatabase(folder);
    for (let i = 0; i < 2000; i++) createVisitStore(db).put(visit(`v${i}`));
    db.close();
    const fd = openSync(db.path, 'r+');
    writeSync(fd, Buffer.alloc(4096, 0xff), 0, 4096, 4096 * 8);
    closeSync(fd);
    expect(() => openDatabase(folder)).to.throw(DamagedDatabaseError);
  });
});
