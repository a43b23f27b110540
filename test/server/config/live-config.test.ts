import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError } from '../../../server/config/config-error.js';
import { withoutSecrets } from '../../../server/config/config-secrets.js';
import { readEnvironment } from '../../../server/config/environment.js';
import { type ConfigChange, LiveConfig } from '../../../server/config/live-config.js';
import { UnwritableConfigError } from '../../../server/config/unwritable-config-error.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const text = `# Our cameras
server:
  port: 9000 # behind the proxy
analysis:
  fps: 5
cameras:
  # The front door
  - id: door
    url: rtsp://admin:s3cr3t@10.0.0.5/1 # new in May
  - id: hall
    url: clips/hall.mp4
`;

describe('the configuration while the server runs', () => {
  const folders = tempFolders();
  let file: string;
  let live: LiveConfig;
  let changes: ConfigChange[];
  let invalid: ConfigError[];
  let time = 0;

  const open = async (
    variables: Record<string, string> = {},
    flags = new Map<string, unknown>(),
  ): Promise<void> => {
    changes = [];
    invalid = [];
    file = join(folders.make(), 'config.yaml');
    writeFileSync(file, text);
    const sources = { file, required: true, environment: readEnvironment(variables) };
    live = await LiveConfig.open({
      sources,
      flags,
      onInvalid: (error) => invalid.push(error),
      now: () => time,
    });
    live.onChange((change) => changes.push(change));
  };
  afterEach(() => live.close());

  const refusal = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof ConfigError ? error.message : `no refusal: ${String(error)}`;
  };

  it('stays as it is when its file cannot be written, and says why', async () => {
    await open();
    await live.close();
    // Beside a name as long as this there is no room for the file that is to take its place.
    file = join(folders.make(), `${'c'.repeat(246)}.yaml`);
    writeFileSync(file, text);
    const sources = { file, required: true, environment: readEnvironment({}) };
    live = await LiveConfig.open({ sources, flags: new Map(), onInvalid: (error) => invalid.push(error) });
    live.onChange((change) => changes.push(change));
    const error: unknown = await live.patch({ log: { level: 'warn' } }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UnwritableConfigError);
    expect(String(error)).to.include('cannot be written (ENAMETOOLONG). Change it by hand;');
    expect(readFileSync(file, 'utf8')).to.equal(text);
    expect([live.current.log.level, changes, invalid]).to.deep.equal(['info', [], []]);
  });

  it('is changed with its comments kept, and only its owner can read it', async () => {
    await open();
    chmodSync(file, 0o644);
    await live.patch({
      analysis: { fps: 8 },
      server: { allowedHosts: ['cam.example.org'] },
      log: { level: 'debug' },
    });
    const written = readFileSync(file, 'utf8');
    for (const comment of ['# Our cameras', '# behind the proxy', '# The front door', '# new in May']) {
      expect(written).to.include(comment);
    }
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(changes).to.have.lengthOf(1);
    expect(changes[0]?.applied).to.deep.equal(['server.allowedHosts', 'log.level', 'analysis.fps']);
    expect(live.current.analysis.fps).to.equal(8);
    await live.patch({ analysis: { fps: null } });
    expect(live.current.analysis.fps).to.equal(10);
    expect(live.originOf('analysis.fps')).to.equal('default');
  });

  it('keeps a secret that comes back as ***, for the same server only', async () => {
    await open();
    const shown = JSON.stringify(withoutSecrets(live.current.cameras));
    expect(shown).to.include('rtsp://***@10.0.0.5/1').and.not.to.include('s3cr3t');
    await live.patch({
      cameras: [
        { id: 'door', url: 'rtsp://***@10.0.0.5/2' },
        { id: 'desk', url: 'webcam:' },
      ],
    });
    expect(live.current.cameras.map(({ url }) => url)).to.deep.equal([
      'rtsp://admin:s3cr3t@10.0.0.5/2',
      'webcam:',
    ]);
    expect(readFileSync(file, 'utf8')).to.include('# The front door').and.not.to.include('hall.mp4');
    expect(
      await refusal(live.patch({ cameras: [{ id: 'door', url: 'rtsp://***@evil.example/' }] })),
    ).to.include('anew');
    expect(await refusal(live.patch({ cameras: [{ id: 'new', url: 'rtsp://***@10.0.0.5/' }] }))).to.include(
      'anew',
    );
  });

  it('is refused with key and rule when a change is wrong or cannot win, and the file stays', async () => {
    await open({ MASKWATCH_ANALYSIS_FPS: '7' }, new Map([['server.port', 1234]]));
    expect(live.current.server.port).to.equal(1234);
    expect(await refusal(live.patch({ analysis: { fps: 3 } }))).to.include('analysis.fps: is set there');
    expect(await refusal(live.patch({ server: { port: 3 } }))).to.include('server.port: is set there');
    expect(await refusal(live.patch({ log: { level: 'loud' } }))).to.include('log.level');
    expect(await refusal(live.patch({ sever: { port: 1 } }))).to.include('did you mean "server"');
    expect(readFileSync(file, 'utf8')).to.equal(text);
    expect(live.originOf('analysis.fps')).to.equal('environment');
    expect(live.originOf('server.port')).to.equal('flag');
  });

  it('follows the file; one that is not valid leaves the old one in force and is named by line', async () => {
    await open();
    live.watch();
    const changed = new Promise<ConfigChange>((resolve) => live.onChange(resolve));
    writeFileSync(file, text.replace('fps: 5', 'fps: 6').replace('9000', '9001'));
    const { applied, waiting } = await changed;
    expect({ applied, waiting }).to.deep.equal({ applied: ['analysis.fps'], waiting: ['server.port'] });
    expect(live.waiting).to.deep.equal(['server.port']);
    writeFileSync(file, text.replace('fps: 5', 'fsp: 6'));
    expect(await live.reload()).to.equal(false);
    expect(live.current.analysis.fps).to.equal(6);
    expect(live.problems[0]).to.include({ where: `${file}:5`, key: 'analysis.fsp' });
  });

  it('knows when what is in force was read: at each good reading, changed or not', async () => {
    time = 1000;
    await open();
    expect(live.readAt).to.equal(1000);
    time = 2000;
    await live.reload();
    expect(live.readAt).to.equal(2000);
    time = 3000;
    writeFileSync(file, 'nonsense: true');
    await live.reload();
    expect(live.readAt).to.equal(2000);
  });

  it('can be read two hundred times, telling only what has changed', async () => {
    await open();
    for (let round = 1; round <= 200; round += 1) {
      writeFileSync(file, text.replace('fps: 5', `fps: ${(round % 20) + 1}`));
      expect(await live.reload()).to.equal(true);
    }
    expect(changes.every(({ applied }) => applied.join() === 'analysis.fps')).to.equal(true);
    expect(invalid).to.deep.equal([]);
  });

  it('takes an entry of a list from the environment', async () => {
    await open({ MASKWATCH_CAMERAS_0_URL: 'rtsp://10.9.9.9/x' });
    expect(live.current.cameras[0]).to.include({ id: 'door', url: 'rtsp://10.9.9.9/x' });
    expect(live.originOf('cameras')).to.equal('environment');
  });
});
