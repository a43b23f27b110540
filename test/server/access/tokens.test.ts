import { expect } from 'chai';
import { type Access, createAccess } from '../../../server/access/access.js';
import { AccessError } from '../../../server/access/access-error.js';
import type { Account } from '../../../server/access/account-store.js';
import { type Caller, localOwner, permissionsOf } from '../../../server/access/caller.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { phrase } from '../../helpers/access-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('API tokens', () => {
  const folders = tempFolders();
  let db: Database;
  let access: Access;
  let operator: Account;
  let now: number;

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
    await access.accounts.add({ name: 'ada', role: 'admin', password: phrase });
    operator = await access.accounts.add({
      ...{ name: 'otto', role: 'operator', password: phrase },
      cameras: ['door', 'hall'],
    });
  });
  afterEach(() => {
    access.close();
    db.close();
  });

  const as = ({ id, name, role, cameras }: Account): Caller => ({
    kind: 'user',
    name,
    may: permissionsOf(role),
    ...(cameras === undefined ? {} : { cameras: new Set(cameras) }),
    grounds: { account: id },
  });
  const refusal = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof AccessError) return error.code;
      throw error;
    }
    return 'none';
  };

  it('may what they were made for, on the cameras they were made for', () => {
    const { secret } = access.tokens.add(as(operator), {
      name: 'script',
      permissions: ['view'],
      cameras: ['door'],
    });
    const caller = access.tokens.callerOf(secret);
    expect([...(caller?.may ?? [])]).to.have.members(['public', 'known', 'view']);
    expect([...(caller?.cameras ?? [])]).to.deep.equal(['door']);
    expect(caller?.name).to.equal('otto/script');
  });

  it('cannot be made for more than their maker may', () => {
    const { tokens } = access;
    const make = (permissions: Parameters<typeof tokens.add>[1]['permissions'], cameras?: string[]) =>
      refusal(() => tokens.add(as(operator), { name: 't', permissions, cameras }));
    expect(make(['admin'])).to.equal('token-too-wide');
    expect(make(['publish'])).to.equal('token-too-wide');
    expect(make(['view'], ['door', 'gate'])).to.equal('token-too-wide');
    expect(make(['view', 'operate'], ['door', 'hall'])).to.equal('none');
  });

  it('lose what their account loses, and go with it', async () => {
    const { secret } = access.tokens.add(as(operator), { name: 't', permissions: ['view', 'operate'] });
    await access.accounts.change(operator.id, { role: 'viewer', cameras: ['hall'] });
    const caller = access.tokens.callerOf(secret);
    expect(caller?.may.has('operate')).to.equal(false);
    expect([...(caller?.cameras ?? [])]).to.deep.equal(['hall']);
    access.accounts.remove(operator.id);
    expect(access.tokens.callerOf(secret)).to.equal(undefined);
    expect(access.tokens.list()).to.deep.equal([]);
  });

  it('expire, and then what they hold open ends too', () => {
    const ended: string[] = [];
    access.revocations.on((ground, id) => ended.push(`${ground} ${id}`));
    const { secret, token } = access.tokens.add(localOwner, {
      name: 't',
      permissions: ['view'],
      expiresAt: now + 1000,
    });
    now += 999;
    expect(access.tokens.callerOf(secret)).not.to.equal(undefined);
    now += 1;
    expect(access.tokens.callerOf(secret)).to.equal(undefined);
    access.tokens.sweep();
    expect(ended).to.deep.equal([`token ${token.id}`]);
    expect(access.tokens.list()).to.deep.equal([]);
  });

  it('remember when they were last used, to the minute', () => {
    const { secret, token } = access.tokens.add(localOwner, { name: 't', permissions: ['view'] });
    const lastUsed = () => access.tokens.list().find(({ id }) => id === token.id)?.lastUsedAt;
    expect(lastUsed()).to.equal(undefined);
    const first = now;
    access.tokens.callerOf(secret);
    expect(lastUsed()).to.equal(first);
    now += 59_000;
    access.tokens.callerOf(secret);
    expect(lastUsed()).to.equal(first);
    now += 1000;
    access.tokens.callerOf(secret);
    expect(lastUsed()).to.equal(first + 60_000);
  });

  it('are kept as a hash and a few characters to recognise them by', () => {
    const { secret, token } = access.tokens.add(localOwner, { name: 't', permissions: ['view'] });
    expect(secret).to.match(/^mwt_[\w-]{43}$/);
    expect(secret.startsWith(token.prefix)).to.equal(true);
    expect(token.prefix).to.have.length(10);
    const rows = JSON.stringify(db.all(db.build.selectFrom('tokens').selectAll()));
    expect(rows).not.to.include(secret.slice(10));
  });

  it('are revoked by their owner, and by nobody else but an admin', () => {
    const { secret, token } = access.tokens.add(as(operator), { name: 't', permissions: ['view'] });
    expect(refusal(() => access.tokens.remove(token.id, 'another account'))).to.equal('token-not-found');
    access.tokens.remove(token.id, operator.id);
    expect(access.tokens.callerOf(secret)).to.equal(undefined);
  });
});
