import { hash, verify } from '@node-rs/argon2';
import { expect } from 'chai';
import { type Access, createAccess } from '../../../server/access/access.js';
import { AccessError } from '../../../server/access/access-error.js';
import { PasswordHasher } from '../../../server/access/password-hasher.js';
import { checkPassword } from '../../../server/access/password-rules.js';
import { SignIn } from '../../../server/access/sign-in.js';
import { SignInLimiter } from '../../../server/access/sign-in-limiter.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { nearby, phrase } from '../../helpers/access-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('signing in', () => {
  const folders = tempFolders();
  let db: Database;
  let access: Access;

  beforeEach(async () => {
    db = openDatabase(folders.make());
    const onProblem = (error: unknown) => {
      throw error;
    };
    access = createAccess(db, { now: Date.now, onLoopback: false, trustedProxies: [], onProblem });
    await access.accounts.add({ name: 'Ada', role: 'admin', password: phrase });
  });
  afterEach(() => {
    access.close();
    db.close();
  });

  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: unknown) => (error instanceof AccessError ? `${error.code}: ${error.message}` : String(error)),
    );

  it('takes the name in any case and the password in any Unicode form', async () => {
    const { account } = await access.signIn.signIn('  ADA ', phrase, nearby);
    expect(account.name).to.equal('ada');
    await access.accounts.change(account.id, { password: 'gru\u0308ne Wiesen im Mai' });
    await access.signIn.signIn('ada', 'gr\u00fcne Wiesen im Mai', nearby);
  });

  it('does the same work for a name that nobody has as for a wrong password, and says the same', async () => {
    const checked: string[] = [];
    const hasher = new PasswordHasher({
      hash,
      verify: (kept, password) => {
        checked.push(kept.slice(0, kept.lastIndexOf('=')));
        return verify(kept, password);
      },
    });
    const signIn = new SignIn({ ...access, hasher, limiter: new SignInLimiter() });
    const wrong = await codeOf(signIn.signIn('ada', 'wrong password', nearby));
    const unknown = await codeOf(signIn.signIn('nobody', 'wrong password', nearby));
    expect(unknown).to.equal(wrong);
    expect(wrong).to.equal('wrong-credentials: The name or the password is wrong.');
    expect(checked).to.have.length(2);
    expect(checked[1]).to.equal(checked[0]);
    expect(checked[0]).to.equal('$argon2id$v=19$m=19456,t=2,p');
    expect(signIn.failures).to.equal(2);
  });

  it('never lets in by the password that the decoy was made of', async () => {
    expect(await codeOf(access.signIn.signIn('nobody', 'nobody has this password', nearby))).to.match(
      /^wrong-credentials/,
    );
  });

  it('takes the password of the moment at which the answer is given', async () => {
    const account = access.accounts.byName('ada');
    if (account === undefined) throw new Error('there is no account');
    const change = access.accounts.change(account.id, { password: `${phrase} staple` });
    const late = codeOf(access.signIn.signIn('ada', phrase, nearby));
    await change;
    expect(await codeOf(access.signIn.signIn('ada', phrase, nearby))).to.match(/^wrong-credentials/);
    const { secret } = await access.signIn.signIn('ada', `${phrase} staple`, nearby);
    expect(access.sessions.find(secret)).not.to.equal(undefined);
    // Whichever came first: no session of the old password is left.
    await late;
    expect(access.sessions.of({ account: account.id })).to.have.length(1);
  });

  it('refuses short, patterned and common passwords, and those made of the name', () => {
    for (const weak of ['short', 'aaaaaaaaaaaa', '1212121212', 'password123', 'ada-ada-xyz', 'Welcome2026']) {
      expect(() => checkPassword(weak, 'ada'), weak).to.throw(AccessError);
    }
    for (const good of [phrase, 'zwölf grüne Enten', 'adamant pelican lantern']) checkPassword(good, 'ada');
  });

  it('holds the rest up while too many passwords are being checked', async () => {
    const slow = () => new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
    const hasher = new PasswordHasher({ hash: () => Promise.resolve(''), verify: slow });
    const codes = await Promise.all(Array.from({ length: 36 }, () => codeOf(hasher.verify(undefined, 'x'))));
    expect(codes.filter((code) => code.startsWith('busy'))).to.have.length(2);
    expect(codes.filter((code) => code === 'none')).to.have.length(34);
  });
});
