import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Caller, localOwner, permissionsOf } from '../../../server/access/caller.js';
import { configSchema } from '../../../server/config/schema.js';
import { UnwritableConfigError } from '../../../server/config/unwritable-config-error.js';
import type { ConfigView } from '../../../server/http/config-api.js';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the routes of the configuration', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  let server: Server;
  let caller: Caller;
  let patch: () => Promise<void>;

  before(async () => {
    const folder = folders.make();
    const current = configSchema.parse({
      cameras: [
        { id: 'door', url: 'rtsp://u:s3cret@10.0.0.5/1' },
        { id: 'vault', url: 'rtsp://10.0.0.6/1' },
      ],
      privacy: { countsOnlyCameras: ['vault'] },
    });
    bench = new HttpBench(join(folder, 'data'), join(folder, 'client'), {
      identify: () => caller,
      config: {
        ...{ current, file: 'config.yaml', problems: [], waiting: [] },
        originOf: () => 'file',
        patch: () => patch(),
      },
    });
    server = createServer(bench.app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await bench.close();
  });

  const ask = (method = 'GET'): Promise<Response> =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/config`, {
      method,
      ...(method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }),
    });
  const valueOf = async (key: string): Promise<unknown> =>
    ((await (await ask()).json()) as ConfigView).settings.find((setting) => setting.key === key)?.value;

  it('show an operator the cameras that exist for him, without secrets, and take no change from him', async () => {
    caller = { ...localOwner, may: permissionsOf('operator'), cameras: new Set(['door']) };
    expect(JSON.stringify(await valueOf('cameras')))
      .to.contain('door')
      .and.not.match(/vault|s3cret/);
    expect(await valueOf('privacy.countsOnlyCameras')).to.deep.equal([]);
    expect((await ask('PATCH')).status).to.equal(403);
  });

  it('say in a problem document that the file cannot be written', async () => {
    caller = localOwner;
    patch = () =>
      Promise.reject(
        new UnwritableConfigError('/etc/x.yaml', Object.assign(new Error('x'), { code: 'EROFS' })),
      );
    const answer = await ask('PATCH');
    expect(answer.status).to.equal(409);
    expect(answer.headers.get('content-type')).to.include('application/problem+json');
    expect(await answer.json()).to.include({
      code: 'config-not-writable',
      status: 409,
      detail:
        '/etc/x.yaml cannot be written (EROFS). Change it by hand; to allow changes here, give its folder to the user that ' +
        'the server runs as.',
    });
    patch = () => Promise.resolve();
    expect((await ask('PATCH')).status).to.equal(200);
  });

  it('show an admin all of it, and a viewer nothing', async () => {
    caller = localOwner;
    expect(await valueOf('cameras')).to.have.length(2);
    caller = { ...localOwner, may: permissionsOf('viewer') };
    expect((await ask()).status).to.equal(403);
  });
});
