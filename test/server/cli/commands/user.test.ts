import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createAccountStore } from '../../../../server/access/account-store.js';
import { PasswordHasher } from '../../../../server/access/password-hasher.js';
import { openDatabase } from '../../../../server/storage/open-database.js';
import { type CommandResult, maskwatch, maskwatchHere } from '../../../helpers/cli.js';
import { type ServerProcess, startServer } from '../../../helpers/server-process.js';
import { tempFolders } from '../../../helpers/temp-folder.js';

const [first, second] = ['correct horse battery', 'staple in the meadow'];
const ada = { name: 'ada', role: 'admin' };
const otto = { name: 'otto', role: 'operator', cameras: ['door', 'hall'] };

describe('maskwatch user, where no server runs', function () {
  this.timeout(60_000);
  const folders = tempFolders();
  let folder: string;
  let passwordFile: string;

  before(() => {
    folder = folders.make();
    passwordFile = join(folders.make(), 'password');
    writeFileSync(passwordFile, `${second}\r\nnot this line\n`);
  });

  const user = (args: readonly string[], input = ''): Promise<CommandResult> =>
    maskwatchHere(['user', ...args, '--data', folder], input);

  const hasPassword = async (name: string, password: string): Promise<boolean> => {
    const db = openDatabase(folder);
    try {
      return await new PasswordHasher().verify(createAccountStore(db).byName(name)?.passwordHash, password);
    } finally {
      db.close();
    }
  };

  it('makes the link for the first account as long as there is none', async () => {
    expect(await user(['list', '--json'])).to.deep.equal({ code: 0, stdout: '[]\n', stderr: '' });
    const { code, stdout } = await user(['setup-link', '--json']);
    expect(code).to.equal(0);
    expect((JSON.parse(stdout) as { path: string }).path).to.match(/^\/setup#[\w-]{43}$/);
    expect((await user(['setup-link'])).stdout).to.match(/^\/setup#[\w-]{43}\n$/);
  });

  it('makes accounts, the first an admin, with the first line of standard input or of a file', async () => {
    const early = await user(['add', 'otto', '--role', 'operator'], first);
    expect(early).to.include({ code: 1, stdout: '' });
    expect(early.stderr).to.equal('The first account must be an admin.\n');

    // By a process of its own, so that a pipe is read as a shell makes it.
    const line = ['user', 'add', 'Ada', '--role', 'admin', '--json', '--data', folder];
    const made = await maskwatch(line, { input: `${first}\nnot this line\n` });
    expect(made).to.include({ code: 0, stderr: 'ada may sign in now.\n' });
    expect(JSON.parse(made.stdout)).to.deep.equal(ada);
    const limits = ['--role', 'operator', '--cameras', 'door, hall', '--password-file', passwordFile];
    expect(await user(['add', 'otto', ...limits])).to.deep.equal({
      ...{ code: 0, stdout: '', stderr: 'otto may sign in now.\n' },
    });
    expect(await hasPassword('ada', first)).to.equal(true);
    expect(await hasPassword('otto', second)).to.equal(true);
  });

  it('lists them for people and for programs, without anything of a password', async () => {
    expect((await user([])).stdout).to.equal('ada\tadmin\tall cameras\notto\toperator\tdoor,hall\n');
    expect(JSON.parse((await user(['list', '--json'])).stdout)).to.deep.equal([ada, otto]);
  });

  it('sets a new password', async () => {
    const changed = await user(['passwd', 'OTTO', '--json'], `${first}\n`);
    expect(changed).to.include({ code: 0, stderr: 'otto has a new password.\n' });
    expect(JSON.parse(changed.stdout)).to.deep.equal(otto);
    expect(await hasPassword('otto', first)).to.equal(true);
    expect(await hasPassword('otto', second)).to.equal(false);
  });

  it('refuses what cannot be, with a line on stderr and the exit code of its kind', async () => {
    const refusals: readonly (readonly [number, RegExp, readonly string[], string?])[] = [
      [1, /^There is an account ada already\.\n$/, ['add', 'ada'], first],
      [1, /^The password must have at least 10 characters\.\n$/, ['add', 'eve'], 'short'],
      [1, /^An admin sees all cameras\.\n$/, ['add', 'eve', '--role', 'admin', '--cameras', 'door'], first],
      [1, /^There is no account of that name\.\n$/, ['passwd', 'nobody'], first],
      [1, /^There is no account of that name\.\n$/, ['remove', 'nobody']],
      [1, /^This is the last admin; make another one first\.\n$/, ['remove', 'ada']],
      [1, /^There are accounts already: sign in\.\n$/, ['setup-link']],
      [2, /^No password was given\.\n$/, ['add', 'eve']],
      [2, /^\/nowhere cannot be read \(ENOENT\)\.\n$/, ['add', 'eve', '--password-file', '/nowhere']],
      [2, /Allowed choices are admin, operator, viewer, publisher\./, ['add', 'eve', '--role', 'king']],
      [2, /It must be ids separated by commas\./, ['add', 'eve', '--cameras', 'door,']],
      [2, /unknown option '--password'/, ['add', 'eve', '--password', 'in sight of all']],
      [2, /missing required argument 'name'/, ['add']],
    ];
    for (const [code, said, args, input] of refusals) {
      const result = await user(args, input);
      expect(result, args.join(' ')).to.include({ code, stdout: '' });
      expect(result.stderr).to.match(said);
    }
  });

  it('removes an account', async () => {
    const removed = await user(['remove', 'otto', '--json']);
    expect(removed).to.include({ code: 0, stderr: 'otto is removed.\n' });
    expect(JSON.parse(removed.stdout)).to.deep.equal(otto);
    expect((await user(['list', '--json'])).stdout).to.equal(`[${JSON.stringify(ada)}]\n`);
  });

  it('says that data is damaged, or that something without a way to ask it holds the folder', async () => {
    const damaged = folders.make();
    writeFileSync(join(damaged, 'maskwatch.db'), 'this was a database once '.repeat(500));
    const unread = await maskwatchHere(['user', 'list', '--data', damaged]);
    expect(unread).to.include({ code: 3, stdout: '' });
    const held = openDatabase(folder);
    try {
      const busy = await user(['list']);
      expect(busy).to.include({ code: 5, stdout: '' });
      expect(busy.stderr).to.include('none answers');
    } finally {
      held.close();
    }
  });
});

describe('maskwatch user, while a server runs', function () {
  this.timeout(60_000);
  let server: ServerProcess;

  before(async () => {
    server = await startServer(['--no-demo']);
  });
  after(() => server.dispose());

  const user = (args: readonly string[], input = ''): Promise<CommandResult> =>
    maskwatchHere(['user', ...args, '--data', server.dataDir], input);
  const post = (path: string, body: object): Promise<Response> =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify(body),
    });
  const signIn = (name: string, password: string): Promise<Response> =>
    post('/api/session', { name, password });
  const mayAsk = async (answer: Response): Promise<boolean> => {
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return (await fetch(`${server.url}/api/rtc`, { headers: { cookie } })).status === 200;
  };

  it('is the way to the link: a server without a terminal shows it to nobody', () => {
    expect(server.said()).to.include(`Maskwatch is at ${server.url}`);
    expect(server.said() + server.log()).not.to.include('/setup#');
  });

  it('makes a link by which the first account is made, once', async () => {
    const { code, stdout } = await user(['setup-link']);
    expect(code).to.equal(0);
    const token = /^\/setup#([\w-]{43})\n$/.exec(stdout)?.[1] ?? '';
    const made = await post('/api/setup', { name: 'ada', password: first, token });
    expect(made.ok, await made.clone().text()).to.equal(true);
    expect(await mayAsk(made)).to.equal(true);
    const again = await user(['setup-link']);
    expect(again).to.include({ code: 1, stdout: '' });
    expect(again.stderr).to.match(/^There are accounts already: sign in\.\n$/);
  });

  it('makes an account that may sign in at once, and signs it out when its password changes', async () => {
    const limits = ['--role', 'operator', '--cameras', 'door,hall', '--json'];
    const made = await user(['add', 'otto', ...limits], `${first}\n`);
    expect(made).to.include({ code: 0, stderr: 'otto may sign in now.\n' });
    expect(JSON.parse(made.stdout)).to.deep.equal(otto);
    const before = await signIn('otto', first);
    expect(await mayAsk(before)).to.equal(true);

    const line = ['user', 'passwd', 'otto', '--json', '--data', server.dataDir];
    const changed = await maskwatch(line, { input: `${second}\n` });
    expect(changed).to.include({ code: 0, stderr: 'otto has a new password.\n' });
    expect(JSON.parse(changed.stdout)).to.deep.equal(otto);
    expect(await mayAsk(before)).to.equal(false);
    expect(await mayAsk(await signIn('otto', second))).to.equal(true);
  });

  it('lists and removes accounts, and refuses what the server refuses', async () => {
    expect(JSON.parse((await user(['--json'])).stdout)).to.deep.equal([ada, otto]);
    const taken = await user(['add', 'otto'], first);
    expect(taken).to.deep.equal({ code: 1, stdout: '', stderr: 'There is an account otto already.\n' });
    expect(await user(['remove', 'nobody'])).to.include({ code: 1, stdout: '' });
    const removed = await user(['remove', 'otto', '--json']);
    expect(removed).to.include({ code: 0, stderr: 'otto is removed.\n' });
    expect(JSON.parse(removed.stdout)).to.deep.equal(otto);
    expect((await signIn('otto', second)).status).to.equal(401);
  });
});
