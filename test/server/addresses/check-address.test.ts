import { expect } from 'chai';
import fc from 'fast-check';
import { addressKind } from '../../../server/addresses/address-kind.js';
import { cameraPolicy, picturePolicy, webhookPolicy } from '../../../server/addresses/address-policy.js';
import { checkAddress } from '../../../server/addresses/check-address.js';
import { RefusedAddressError } from '../../../server/addresses/refused-address-error.js';
import { resolveChecked } from '../../../server/addresses/resolve-checked.js';
import { hostileUrls, ownPort } from './hostile-urls.js';

const cameras = cameraPolicy(() => [ownPort]);

describe('the addresses that the server may call', () => {
  it('are none of more than three hundred hostile ones', () => {
    expect(hostileUrls).to.have.lengthOf.at.least(300);
    const passed = hostileUrls.filter((url) => {
      try {
        checkAddress(url, cameras);
        return true;
      } catch (error) {
        expect(error, url).to.be.instanceOf(RefusedAddressError);
        return false;
      }
    });
    expect(passed).to.deep.equal([]);
  });

  it('are, for cameras, those of the LAN, of this machine and of the internet', () => {
    for (const url of [
      'rtsp://192.168.1.20/stream1',
      'rtsp://user:p%40ss@10.0.0.5:8554/1?a=b',
      'RTSPS://[fd12::5]/x',
      'http://127.0.0.1:8081/video',
      'https://camera.example.org/x.mjpeg',
      'rtsp://camera.local/1',
      'rtsp://bücher.example/1',
    ]) {
      expect(() => checkAddress(url, cameras), url).not.to.throw();
    }
  });

  it('are, for pictures, those of the public internet, unless the private networks are opened', () => {
    const refused = (url: string, open = false): string => {
      try {
        checkAddress(url, picturePolicy(open));
        return '';
      } catch (error) {
        return error instanceof RefusedAddressError ? error.code : 'another error';
      }
    };
    expect(refused('https://example.org/a.jpg')).to.equal('');
    expect(refused('http://192.168.1.20/a.jpg')).to.equal('forbidden-network');
    expect(refused('http://192.168.1.20/a.jpg', true)).to.equal('');
    expect(refused('http://localhost/a.jpg', true)).to.equal('forbidden-network');
    expect(refused('http://user:pw@example.org/a.jpg')).to.equal('credentials');
    expect(refused('rtsp://example.org/a')).to.equal('scheme');
    expect(() => checkAddress('http://127.0.0.1:9000/hook', webhookPolicy())).not.to.throw();
  });

  it('never lead to what is forbidden, whatever form the address has', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 4 }), (ip, form) => {
        const [a = 0, b = 0, c = 0, d = 0] = ip.split('.').map(Number);
        const whole = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
        const host = [
          ip,
          String(whole),
          `0x${whole.toString(16)}`,
          `[::ffff:${ip}]`,
          `${a}.${(b << 16) | (c << 8) | d}`,
        ];
        const plain = addressKind(ip);
        try {
          checkAddress(`rtsp://${host[form]}/x`, cameras);
          return plain !== 'forbidden';
        } catch {
          return plain === 'forbidden';
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a name', () => {
  it('is refused when one of its addresses is forbidden', async () => {
    const lookup = () =>
      Promise.resolve([
        { address: '93.184.216.34', family: 4 },
        { address: '169.254.169.254', family: 4 },
      ]);
    const error: unknown = await resolveChecked({ host: 'a.example', port: 80 }, cameras, lookup).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(RefusedAddressError).with.property('code', 'forbidden-network');
  });

  it('that leads to one of our own ports is refused', async () => {
    const lookup = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const error: unknown = await resolveChecked({ host: 'a.example', port: ownPort }, cameras, lookup).catch(
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(RefusedAddressError).with.property('code', 'own-port');
  });
});
