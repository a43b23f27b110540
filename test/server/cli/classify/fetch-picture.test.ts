import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import sharp from 'sharp';
import { picturePolicy, webhookPolicy } from '../../../../server/addresses/address-policy.js';
import { fetchPicture } from '../../../../server/cli/classify/fetch-picture.js';
import { InputError } from '../../../../server/cli/classify/input-error.js';

const limits = { timeoutMs: 5000, maxBytes: 10_000, redirects: 1 };
/** Lets this machine be called, where the test's server is. */
const local = webhookPolicy();

describe('fetchPicture', () => {
  let server: Server;
  let address = '';

  before(async () => {
    const picture = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    server = createServer((request, response) => {
      if (request.url === '/red.png') response.end(picture);
      else if (request.url === '/far') response.writeHead(302, { location: '/red.png' }).end();
      else if (request.url === '/large') response.end(Buffer.alloc(20_000));
      else if (request.url === '/text') response.end('no picture');
      else if (request.url !== '/slow') response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('decodes what an address gives, after a redirect too', async () => {
    for (const path of ['/red.png', '/far']) {
      const { width, height, data } = await fetchPicture(address + path, local, limits);
      expect([width, height, data[0]]).to.deep.equal([20, 10, 255]);
    }
  });

  it('refuses what the policy forbids, what is too large, too slow, missing or no picture, each by its code', async () => {
    const codeOf = async (path: string, policy = local, timeoutMs = 5000): Promise<string> => {
      const error = await fetchPicture(address + path, policy, { ...limits, timeoutMs }).catch(
        (e: unknown) => e,
      );
      if (!(error instanceof InputError)) throw new Error('no InputError', { cause: error });
      return error.code;
    };
    expect(await codeOf('/red.png', picturePolicy())).to.equal('forbidden-network');
    expect(await codeOf('/red.png', picturePolicy(true))).to.equal('forbidden-network');
    expect(await codeOf('/large')).to.equal('too-large');
    expect(await codeOf('/slow', local, 50)).to.equal('timed-out');
    expect(await codeOf('/missing')).to.equal('http_status');
    expect(await codeOf('/text')).to.equal('not_an_image');
  });
});
