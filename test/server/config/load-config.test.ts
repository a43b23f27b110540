import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../../server/config/config-error.js';
import { readEnvironment } from '../../../server/config/environment.js';
import { loadConfig } from '../../../server/config/load-config.js';

describe('the configuration', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskwatch-config-'));
  });

  after(() => rm(folder, { recursive: true }));

  async function load(text: string | undefined, variables: NodeJS.ProcessEnv = {}) {
    const file = join(folder, 'config.yaml');
    await rm(file, { force: true });
    if (text !== undefined) await writeFile(file, text);
    return loadConfig({ file, required: text !== undefined, environment: readEnvironment(variables) });
  }

  async function mistakes(text: string, variables: NodeJS.ProcessEnv = {}) {
    try {
      await load(text, variables);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    throw new Error('the configuration was accepted');
  }

  it('is complete without a file and without an environment', async () => {
    const config = await load(undefined);
    expect(config.server).to.deep.equal({
      host: '127.0.0.1',
      port: 8080,
      allowedHosts: [],
      trustedProxies: [],
    });
    expect(config.analysis.threads).to.equal(1);
    expect(config.cameras).to.deep.equal([]);
  });

  it('lets the file win over the defaults and the environment over the file', async () => {
    const config = await load('server:\n  port: 9000\n  host: 127.0.0.2\n', {
      MASKWATCH_SERVER_PORT: '9001',
    });
    expect(config.server.port).to.equal(9001);
    expect(config.server.host).to.equal('127.0.0.2');
  });

  it('finds camelCase keys behind upper-case words', async () => {
    const config = await load(undefined, {
      MASKWATCH_DATA_DIR: '/tmp/x',
      MASKWATCH_WEBRTC_PLAYOUT_DELAY_MS: '120',
      MASKWATCH_SERVER_ALLOWEDHOSTS: '["a.example"]',
      MASKWATCH_SERVER_TLS_CERTFILE: '/etc/cert.pem',
      MASKWATCH_SERVER_TLS_KEYFILE: '/etc/key.pem',
    });
    expect(config.dataDir).to.equal('/tmp/x');
    expect(config.webrtc.playoutDelayMs).to.equal(120);
    expect(config.server.allowedHosts).to.deep.equal(['a.example']);
    expect(config.server.tls).to.deep.equal({ certFile: '/etc/cert.pem', keyFile: '/etc/key.pem' });
  });

  it('reads the value of a variable ending in _FILE from that file', async () => {
    const secret = join(folder, 'level');
    await writeFile(secret, 'debug\n');
    const config = await load(undefined, { MASKWATCH_LOG_LEVEL_FILE: secret });
    expect(config.log.level).to.equal('debug');
  });

  it('names line, key, rule and a suggestion for an unknown key', async () => {
    const [problem] = await mistakes('# first line\nserver:\n  prot: 80\n');
    expect(problem?.where).to.match(/config\.yaml:3$/);
    expect(problem?.key).to.equal('server.prot');
    expect(problem?.rule).to.contain('did you mean "port"?');
  });

  it('lists every mistake at once', async () => {
    const problems = await mistakes(
      'server:\n  port: 70000\nanalysis:\n  fps: fast\ncameras:\n  - id: Door\n    url: x\n',
    );
    expect(problems.map(({ key }) => key)).to.have.members(['server.port', 'analysis.fps', 'cameras.0.id']);
    expect(problems.map(({ where }) => Number(where.split(':').at(-1)))).to.deep.equal([2, 4, 6]);
  });

  it('names the variable that holds a bad value, and never the value', async () => {
    const [problem] = await mistakes('', { MASKWATCH_SERVER_PORT: 'hunter2' });
    expect(problem?.where).to.equal('MASKWATCH_SERVER_PORT');
    expect(problem?.rule).not.to.contain('hunter2');
  });

  it('refuses a variable that names no key', async () => {
    const [problem] = await mistakes('', { MASKWATCH_SERVER_PROT: '1' });
    expect(problem?.rule).to.equal('names no key of the configuration');
  });

  it('refuses two cameras with one id', async () => {
    const [problem] = await mistakes("cameras: [{ id: a, url: 'webcam:' }, { id: a, url: 'webcam:' }]");
    expect(problem?.key).to.equal('cameras.1.id');
  });

  it('names each address of a camera that may not be used by its line, and never shows it', async () => {
    const problems = await mistakes(
      [
        'server:',
        '  port: 8080',
        'cameras:',
        '  - { id: a, url: "concat:/etc/passwd" }',
        '  - { id: b, url: "rtsp://user:s3cr3t@169.254.169.254/1" }',
        '  - { id: c, url: "rtsp://10.0.0.5/1" }',
        '  - id: d',
        '    url: http://127.0.0.1:8080/video',
        '  - { id: c, url: clips/hall.mp4 }',
      ].join('\n'),
    );
    const seen = problems.map(({ where, key }) => `${where.replace(/.*:/, '')} ${key}`);
    expect(seen).to.have.members(['4 cameras.0.url', '5 cameras.1.url', '8 cameras.3.url', '9 cameras.4.id']);
    expect(problems.find(({ key }) => key === 'cameras.3.url')?.rule).to.equal('leads back to this server');
    expect(JSON.stringify(problems)).not.to.include('s3cr3t');
    const [ofVariable] = await mistakes('cameras: [{ id: a, url: x }]', {
      MASKWATCH_CAMERAS_0_URL: 'gopher://h',
    });
    expect(ofVariable).to.include({ where: 'MASKWATCH_CAMERAS_0_URL', key: 'cameras.0.url' });
  });

  it('says where the YAML itself is broken', async () => {
    const [problem] = await mistakes('server:\n  port: [1\n');
    expect(problem?.where).to.match(/config\.yaml:\d+$/);
  });
});
