import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { doctorExitCode } from '../../../server/cli/doctor/doctor-exit-code.js';
import { engineFinding } from '../../../server/cli/doctor/engine-finding.js';
import { examine } from '../../../server/cli/doctor/examine.js';
import type { Finding } from '../../../server/cli/doctor/finding.js';
import { fine } from '../../../server/cli/doctor/finding.js';
import { packageFinding } from '../../../server/cli/doctor/package-finding.js';
import { dataFolderFinding, judgeDisk } from '../../../server/cli/doctor/place-findings.js';
import { nodeFinding, userFinding } from '../../../server/cli/doctor/program-findings.js';
import { reportText } from '../../../server/cli/doctor/report-text.js';
import { readEnvironment } from '../../../server/config/environment.js';
import { packageRoot } from '../../../server/package-root.js';

function withState(state: Finding['state']): Finding {
  return { name: 'x', state, detail: '', remedy: '' };
}

describe('doctor', function () {
  this.timeout(120_000);
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-test-'));
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('looks at everything, and gives a remedy for whatever is wrong', async () => {
    const environment = readEnvironment({ HOME: folder, PATH: '', MASKWATCH_SERVER_PORT: '0' });
    const { findings, engine } = await examine({
      root: packageRoot(),
      sources: { file: join(folder, 'config.yaml'), required: false, environment },
      dataDir: join(folder, 'data'),
      cameraTimeoutMs: 1000,
    });
    const names = findings.map(({ name }) => name);
    expect(names).to.include.members([
      'node',
      'npm packages',
      'ffmpeg',
      'ffmpeg build',
      'process guard',
      'engine',
      'models',
      'configuration',
      'data folder',
      'database',
      'file modes',
      'disk',
      'clock',
      'server',
      'port',
    ]);
    const speechless = findings.filter(({ state, remedy }) => state !== 'ok' && remedy === '');
    expect(speechless).to.deep.equal([]);
    expect(engine?.threads).to.equal(1);
  });

  it('runs a convolution on WebAssembly when the environment asks for it', async () => {
    const { finding, facts } = await engineFinding(true);
    expect(finding.state).to.equal('ok');
    expect(facts).to.deep.equal({ backend: 'wasm', oneDnn: false, threads: 1 });
  });

  it('refuses a Node on which the addons do not work', () => {
    expect(
      ['20.18.0', '20.19.0', '22.22.1', '23.0.0', '18.20.0'].map((v) => nodeFinding(v).state),
    ).to.deep.equal(['failed', 'ok', 'ok', 'failed', 'failed']);
  });

  it('notices packages that are not those of the lock file', async () => {
    expect((await packageFinding(folder)).state).to.equal('failed');
    await writeFile(
      join(folder, 'package-lock.json'),
      '{"packages":{"":{},"node_modules/a":{"version":"1.0.0"}}}',
    );
    expect((await packageFinding(folder)).state).to.equal('missing');
  });

  it('accepts a data folder that does not exist yet', async () => {
    expect((await dataFolderFinding(join(folder, 'not', 'yet'))).state).to.equal('ok');
  });

  it('warns of a disk that is nearly full, before writes are refused', () => {
    expect([2e9, 5e8, 1e6].map((free) => judgeDisk(free).state)).to.deep.equal(['ok', 'warning', 'failed']);
  });

  it('advises against running as root', () => {
    expect([0, 1000, undefined].map((uid) => userFinding(uid).state)).to.deep.equal(['warning', 'ok', 'ok']);
  });

  it('makes nothing: neither data folder nor database nor key', () => {
    expect(existsSync(join(folder, 'data'))).to.equal(false);
  });

  it('ends with a code that says what kind of trouble there is, the gravest first', () => {
    const troubled = (trouble: Finding['trouble'] & string): Finding => ({ ...withState('failed'), trouble });
    const code = (...findings: Finding[]): number => doctorExitCode(findings);
    expect(code(fine('a', 'b'), withState('warning'))).to.equal(0);
    expect(code(withState('failed'))).to.equal(1);
    expect(code(withState('failed'), troubled('taken'))).to.equal(5);
    expect(code(troubled('taken'), troubled('configuration'))).to.equal(2);
    expect(code(troubled('configuration'), troubled('damaged'))).to.equal(3);
    expect(code(troubled('damaged'), withState('missing'))).to.equal(4);
    expect(code({ ...withState('warning'), trouble: 'damaged' })).to.equal(0);
  });

  it('writes a line for each finding and below it what to do, in colours for terminals only', () => {
    const findings = [
      fine('node', '20'),
      { ...withState('failed'), detail: 'odd\n\u009b2J', remedy: 'mend it' },
    ];
    const text = reportText(findings, false);
    expect(text.split('\n').slice(0, 3)).to.deep.equal([
      '✓ node  20',
      String.raw`✗ x     odd\u000a\u009b2J`,
      '        → mend it',
    ]);
    expect(text).to.include('1 of 2 checks failed, 0 warnings.');
    expect(text.includes('\u001b')).to.equal(false);
    expect(reportText(findings, true)).to.include('\u001b[32m✓').and.include('\u001b[31m✗');
    expect(reportText([fine('a', 'b')], false)).to.match(/All is well\.$/);
  });
});
