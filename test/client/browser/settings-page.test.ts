import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { localOwner, permissionsOf, type Role } from '../../../server/access/caller.js';
import { readEnvironment } from '../../../server/config/environment.js';
import { LiveConfig } from '../../../server/config/live-config.js';
import { UnwritableConfigError } from '../../../server/config/unwritable-config-error.js';
import { PageBench } from '../../helpers/page-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the settings page', function () {
  this.timeout(90_000);
  const folders = tempFolders();
  let file: string;
  let config: LiveConfig;
  let pages: PageBench;
  let page: Page;
  let role: Role = 'admin';

  before(async () => {
    file = join(folders.make(), 'config.yaml');
    await writeFile(file, '# Ours.\nlog:\n  level: info # as always\n');
    config = await LiveConfig.open({
      sources: { file, required: true, environment: readEnvironment({}) },
      flags: new Map([['server.port', 8080]]),
      onInvalid: () => undefined,
    });
    pages = await PageBench.open({
      config,
      identify: () => ({ ...localOwner, may: permissionsOf(role) }),
    });
    ({ page } = pages);
  });
  after(async () => {
    await pages.close();
    await config.close();
  });
  afterEach(() => expect(pages.complaints).to.deep.equal([]));

  const setting = (key: string) => page.locator(`[data-key="${key}"]`);

  it('says what is wrong at its field, and changes nothing then', async () => {
    pages.expectRefusal(400, '/api/config');
    await page.goto(`${pages.url}/settings`);
    await setting('log.level').getByRole('combobox').selectOption('warn');
    await setting('analysis.fps').getByRole('textbox').fill('99');
    const pending = page.getByTestId('pending');
    await pending.getByRole('button', { name: 'Save the changes' }).click();
    await page.locator('[data-key="analysis.fps"][data-invalid="true"]').waitFor();
    expect(await setting('analysis.fps').innerText()).to.contain('<=30');
    await page.locator('[data-key="analysis.fps"] :focus').waitFor();
    expect(await readFile(file, 'utf8')).to.contain('level: info');
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });

  it('saves what is right, and keeps the comments of the file', async () => {
    await setting('analysis.fps').getByRole('textbox').fill('7');
    expect(await setting('analysis.fps').getAttribute('data-invalid')).to.equal('false');
    await setting('analysis.frameSide').getByRole('textbox').fill('512');
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByText('Saved. Some of it waits for a restart.').waitFor();
    const text = await readFile(file, 'utf8');
    expect(text).to.match(/^# Ours\.\nlog:\n {2}level: warn # as always\n/);
    expect(text).to.match(/fps: 7/);
    expect(await setting('analysis.frameSide').innerText()).to.contain('waits for a restart');
    expect(await page.getByTestId('pending').innerText()).to.contain('Nothing is changed.');
  });

  it('says that the file cannot be written, and keeps what was typed', async () => {
    const patch = config.patch.bind(config);
    config.patch = () =>
      Promise.reject(new UnwritableConfigError('/etc/x.yaml', Object.assign(new Error(), { code: 'EROFS' })));
    pages.expectRefusal(409, '/api/config');
    await setting('analysis.fps').getByRole('textbox').fill('8');
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByRole('alert').getByText('/etc/x.yaml cannot be written (EROFS)').waitFor();
    expect(await setting('analysis.fps').getByRole('textbox').inputValue()).to.equal('8');
    expect(await pages.seriousFindings()).to.deep.equal([]);
    config.patch = patch;
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByText('Nothing is changed.').waitFor();
  });

  it('puts what is said of the site on the notice at the door, which prints on one sheet without its buttons', async () => {
    await page.goto(`${pages.url}/notice`);
    await page.getByText('An admin can name the operator, the purpose and a contact').waitFor();
    await page.goto(`${pages.url}/settings`);
    const said = {
      name: 'Bakery & Sons',
      purpose: 'To see how many wear a mask',
      contact: 'ask@example.org',
    };
    for (const [key, words] of Object.entries(said)) {
      await setting(`site.${key}`).getByRole('textbox').fill(words);
    }
    await page.getByRole('button', { name: 'Save the changes' }).click();
    await page.getByText(/^Saved/).waitFor();
    await page.goto(`${pages.url}/notice`);
    const notice = page.getByTestId('notice-page');
    const fact = (term: string) =>
      notice.locator('dl > div', { hasText: term }).getByRole('definition').first();
    await notice.getByText(said.contact).waitFor();
    expect(await fact('Who').innerText()).to.equal(said.name);
    expect(await fact('What for').innerText()).to.equal(said.purpose);
    expect(await fact('Questions').innerText()).to.equal(said.contact);
    expect(await notice.getByText('An admin can name').count()).to.equal(0);
    expect(await pages.seriousFindings()).to.deep.equal([]);

    await page.evaluate('window.print = () => { window.printed = true; }');
    await notice.getByRole('button', { name: 'Print' }).click();
    expect(await page.evaluate('window.printed')).to.equal(true);
    await page.emulateMedia({ media: 'print' });
    expect(await notice.getByRole('button').filter({ visible: true }).count()).to.equal(0);
    expect(await page.locator('header').filter({ visible: true }).count()).to.equal(0);
    expect(await fact('What for').isVisible()).to.equal(true);
    const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g);
    expect(sheets).to.have.length(1);
    await page.emulateMedia({ media: 'screen' });
  });

  it('shows an operator everything but secrets, and says why nothing can be changed', async () => {
    role = 'operator';
    await page.goto(`${pages.url}/settings`);
    await page.getByText('You can look at the settings; only an admin can change them.').waitFor();
    expect(await setting('log.level').innerText()).to.contain('warn');
    expect(await page.locator('.setting-groups :is(input, select, textarea, button)').count()).to.equal(0);
    expect(await page.getByTestId('pending').count()).to.equal(0);
    expect(await pages.seriousFindings()).to.deep.equal([]);
  });

  it('tells a viewer who may look', async () => {
    role = 'viewer';
    await page.goto(`${pages.url}/settings`);
    await page.getByText('Settings are for operators and admins.').waitFor();
  });
});
