import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { doctorExitCode } from '../../../server/cli/commands/doctor.js';
import { engineFinding } from '../../../server/cli/doctor/engine-finding.js';
import { examine } from '../../../server/cli/doctor/examine.js';
import type { Finding } from '../../../server/cli/doctor/finding.js';
import { fine } from '../../../server/cli/doctor/finding.js';
import { packageFinding } from '../../../server/cli/doctor/package-finding.js';
import { databaseFinding, portFinding } from '../../../server/cli/doctor/place-findings.js';
import { nodeFinding } from '../../../server/cli/doctor/program-findings.js';
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
    const { findings, engine } = await examine(packageRoot(), readEnvironment({ HOME: folder, PATH: '' }));
    const names = findings.map(({ name }) => name);
    expect(names).to.include.members([
      'node',
      'npm packages',
      'ffmpeg',
      'engine',
      'database',
      'port',
      'disk',
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

  it('says who has to be asked when the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const finding = await portFinding('127.0.0.1', port);
    server.close();
    expect(finding.state).to.equal('warning');
    expect(finding.detail).to.include('EADDRINUSE');
  });

  it('accepts a data folder that does not exist yet', async () => {
    expect((await databaseFinding(join(folder, 'not', 'yet'))).state).to.equal('ok');
  });

  it('ends with 4 for a missing dependency, 1 for one that does not work, 0 otherwise', () => {
    const code = (...findings: Finding[]): number => doctorExitCode({ findings });
    expect(code(fine('a', 'b'), withState('warning'))).to.equal(0);
    expect(code(withState('failed'))).to.equal(1);
    expect(code(withState('failed'), withState('missing'))).to.equal(4);
  });
});
