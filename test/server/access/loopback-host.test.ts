import { expect } from 'chai';
import { isLoopbackHost } from '../../../server/access/loopback-host.js';

describe('the address to listen on', () => {
  for (const host of [
    '127.0.0.1',
    '127.8.9.10',
    '::1',
    '[::1]',
    'localhost',
    'LOCALHOST',
    '::ffff:127.0.0.1',
  ]) {
    it(`counts as this machine alone when it is ${host}`, () => {
      expect(isLoopbackHost(host)).to.equal(true);
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
    it(`counts as a network when it is ${host}`, () => {
      expect(isLoopbackHost(host)).to.equal(false);
    });
  }
});
