import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { Health, ModelList, Problem } from '../../server/http/api.js';
import { packageRoot } from '../../server/package-root.js';
import { untilAnswer } from '../helpers/await-event.js';
import { faceClip } from '../helpers/media.js';
import { type ServerProcess, startServer } from '../helpers/server-process.js';

const run = promisify(execFile);

describe('another mask classifier in a running server', function () {
  const variables = { MASKWATCH_ANALYSIS_PROCESSES: '2', MASKWATCH_ANALYSIS_CLASSIFIER: 'cnn-2conv' };
  this.timeout(180_000);
  let server: ServerProcess;
  let args: string[];
  let dataDir: string;

  before(async () => {
    const clip = await faceClip({ seconds: 5, people: 2 });
    args = ['--camera', `one=${clip}`, '--camera', `two=${clip}`, '--no-demo'];
    dataDir = mkdtempSync(join(tmpdir(), 'maskwatch-e2e-'));
    server = await startServer(args, dataDir, variables);
  });

  after(async () => {
    await server.dispose();
  });

  const health = (): Promise<Health> => server.get<Health>('/api/health');
  const runs = (name: string) => (report: Health) =>
    report.analysis.length === 2 && report.analysis.every(({ classifier }) => classifier === name);
  const frames = (report: Health): number =>
    report.cameras.reduce((sum, camera) => sum + camera.frames.processed, 0);

  /** Resolves when every camera was analysed further. */
  async function moreFrames(): Promise<Health> {
    const before = await health();
    return untilAnswer(health, ({ cameras }) =>
      cameras.every((camera, n) => camera.frames.processed > (before.cameras[n]?.frames.processed ?? 0) + 2),
    );
  }

  /** `maskwatch models …` against the running server. */
  async function cli(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const all = ['--import', 'tsx', 'server/cli/main.ts', 'models', ...words];
    const where = ['--data', dataDir, '--server', server.url];
    try {
      return { code: 0, ...(await run(process.execPath, [...all, ...where])) };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, stdout, stderr };
    }
  }

  it('is installed and chosen by command, runs in every process, and no frame is lost', async () => {
    await untilAnswer(
      health,
      (report) =>
        runs('cnn-2conv')(report) &&
        report.cameras.length === 2 &&
        report.cameras.every((camera) => camera.frames.processed > 3),
    );
    const lostBefore = (await health()).cameras.map((camera) => camera.frames.lost);
    const made = join(mkdtempSync(join(tmpdir(), 'maskwatch-e2e-')), 'weights');
    cpSync(join(packageRoot(), 'models', 'weights', 'cnn-2conv'), made, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(made, 'manifest.json'), 'utf8')) as object;
    writeFileSync(join(made, 'manifest.json'), JSON.stringify({ ...manifest, name: 'my-site' }));
    expect(await cli('install', made)).to.include({ code: 0, stdout: 'my-site is installed\n' });
    rmSync(join(made, '..'), { recursive: true });

    const used = await cli('use', 'my-site', '--json');
    expect(used.stderr).to.contain(`In effect on ${server.url}`);
    expect((JSON.parse(used.stdout) as ModelList).active).to.equal('my-site');
    expect(runs('my-site')(await health())).to.equal(true);
    for (const name of ['cnn-2conv', 'my-site', 'cnn-2conv', 'my-site']) {
      expect((await server.send('PUT', '/api/models/active', { name })).status).to.equal(200);
      await moreFrames();
    }
    const report = await health();
    expect(report.cameras.map((camera) => camera.frames.lost)).to.deep.equal(lostBefore);
    expect(report.analysis.map(({ restarts }) => restarts)).to.deep.equal([0, 0]);
    expect(report.engine?.classifier).to.equal('my-site');
  });

  it('stays after the processes were killed', async () => {
    for (const { pid } of (await health()).analysis) process.kill(pid, 'SIGKILL');
    await untilAnswer(
      health,
      (report) => runs('my-site')(report) && report.analysis.every(({ restarts }) => restarts === 1),
      60_000,
    );
    await moreFrames();
  });

  it('stays after a restart of the server', async () => {
    await server.stop();
    server = await startServer(args, dataDir, variables);
    const report = await untilAnswer(health, runs('my-site'), 60_000);
    expect(report.problems).to.deep.equal([]);
    expect((await server.get<ModelList>('/api/models')).active).to.equal('my-site');
  });

  it('is rolled back, and a damaged one is refused by the name of its file', async () => {
    const back = (await (await server.send('POST', '/api/models/rollback')).json()) as ModelList;
    expect(back.active).to.equal('cnn-2conv');
    expect(runs('cnn-2conv')(await health())).to.equal(true);
    writeFileSync(join(dataDir, 'models', 'my-site', 'weights.bin'), 'damaged');
    const refused = await server.send('PUT', '/api/models/active', { name: 'my-site' });
    expect(refused.status).to.equal(409);
    const problem = (await refused.json()) as Problem;
    expect(problem.code).to.equal('model-refused');
    expect(problem.detail).to.match(/^my-site\/weights\.bin is damaged/);
    expect(runs('cnn-2conv')(await moreFrames())).to.equal(true);
    expect(await cli('use', 'my-site')).to.include({ code: 3 });
    expect(frames(await health())).to.be.greaterThan(0);
  });
});
