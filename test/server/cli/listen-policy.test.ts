import { expect } from 'chai';
import { isLoopback, refuseHost } from '../../../server/cli/listen-policy.js';

describe('the listen policy', () => {
  for (const host of [
    '127.0.0.1',
    '127.8.9.10',
    '::1',
    '[::1]',
    'localhost',
    'LOCALHOST',
    '::ffff:127.0.0.1',
  ]) {
    it(`takes ${host} for this machine alone`, () => {
      expect(isLoopback(host)).to.equal(true);
      expect(refuseHost(host, false)).to.equal(undefined);
    });
  }

  for (const host of [
    '0.0.0.0',
    '::',
    '192.168.1.4',
    '10.0.0.1',
    'example.org',
    '::ffff:10.0.0.1',
    '127.0.0.1.example.org',
  ]) {
    it(`refuses ${host} without the explicit flag`, () => {
      expect(refuseHost(host, false)).to.contain('--allow-unauthenticated-network');
      expect(refuseHost(host, true)).to.equal(undefined);
    });
  }
});
