import { expect } from 'chai';
import { type Access, createAccess } from '../../../server/access/access.js';
import type { Account } from '../../../server/access/account-store.js';
import { sessionLimits } from '../../../server/access/sessions.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { nearby, phrase } from '../../helpers/access-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('sessions', () => {
  const folders = tempFolders();
  let db: Database;
  let access: Access;
  let account: Account;
  let now: number;
  let ended: string[];

  beforeEach(async () => {
    db = openDatabase(folders.make());
    now = 1_700_000_000_000;
    access = createAccess(db, {
      now: () => now,
      onLoopback: false,
      trustedProxies: [],
      onProblem: (error) => {
        throw error;
      },
    });
    account = await access.accounts.add({ name: 'ada', role: 'admin', password: phrase });
    ended = [];
    access.revocations.on((ground, id) => ended.push(`${ground} ${id}`));
  });
  afterEach(() => {
    access.close();
    db.close();
  });
  const open = () => access.sessions.open({ account: account.id }, nearby);

  it('end an hour after the last request', () => {
    const { secret, session } = open();
    for (let hour = 0; hour < 5; hour++) {
      now += sessionLimits.idleMs - 1000;
      expect(access.sessions.find(secret)?.id).to.equal(session.id);
    }
    now += sessionLimits.idleMs + 1;
    expect(access.sessions.find(secret)).to.equal(undefined);
    expect(ended).to.deep.equal([`session ${session.id}`]);
  });

  it('end after a day, however busy', () => {
    const { secret } = open();
    for (let minutes = 0; minutes < 24 * 60 - 30; minutes += 30) {
      now += 30 * 60_000;
      expect(access.sessions.find(secret), `${minutes} min`).not.to.equal(undefined);
    }
    now += 30 * 60_000;
    expect(access.sessions.find(secret)).to.equal(undefined);
  });

  it('are ended when their time is over also where nobody asks, so that sockets go', () => {
    const { session } = open();
    access.sessions.sweep();
    expect(ended).to.deep.equal([]);
    now += sessionLimits.idleMs + 1;
    access.sessions.sweep();
    expect(ended).to.deep.equal([`session ${session.id}`]);
  });

  it('are at most twenty for one account; the oldest goes', () => {
    const [first, ...rest] = Array.from({ length: 21 }, () => {
      now++;
      return open();
    });
    expect(access.sessions.find(first?.secret ?? '')).to.equal(undefined);
    for (const { secret } of rest) expect(access.sessions.find(secret)).not.to.equal(undefined);
  });

  it('all end when password, role or cameras change, and when the account goes', async () => {
    await access.accounts.add({ name: 'eve', role: 'admin', password: phrase });
    for (const patch of [
      { password: `${phrase} staple` },
      { role: 'viewer' as const },
      { cameras: ['door'] },
      undefined,
    ]) {
      const [one, two] = [open(), open()];
      ended = [];
      if (patch === undefined) access.accounts.remove(account.id);
      else await access.accounts.change(account.id, patch);
      expect(access.sessions.find(one.secret)).to.equal(undefined);
      expect(access.sessions.find(two.secret)).to.equal(undefined);
      expect(ended).to.include.members([
        `session ${one.session.id}`,
        `session ${two.session.id}`,
        `account ${account.id}`,
      ]);
    }
  });

  it('are known by 256 random bits of which only the hash is kept', () => {
    const { secret } = open();
    expect(Buffer.from(secret, 'base64url')).to.have.length(32);
    const rows = JSON.stringify(db.all(db.build.selectFrom('sessions').selectAll()));
    expect(rows).not.to.include(secret);
    expect(access.sessions.find(`${secret}x`)).to.equal(undefined);
    expect(access.sessions.find('')).to.equal(undefined);
  });
});
