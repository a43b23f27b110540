import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { createVisitorReader } from '../../../server/access/visitor.js';

/** A request as node shows it. */
function from(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  return { headers, httpVersion: '1.1', socket: { remoteAddress } } as unknown as IncomingMessage;
}

describe('where a request came from', () => {
  it('is the peer of the connection, whatever headers say, where no proxy is trusted', () => {
    const read = createVisitorReader([]);
    const said = { 'x-forwarded-for': '198.51.100.7', 'x-forwarded-proto': 'https' };
    expect(read(from('::ffff:203.0.113.9', said))).to.include({
      address: '203.0.113.9',
      secure: false,
      forwarded: true,
    });
  });

  it('is the last hop that is not ours behind trusted proxies; what stands further left may be made up', () => {
    const read = createVisitorReader(['127.0.0.1', '10.0.0.0/8']);
    const address = (hops: string): string => read(from('127.0.0.1', { 'x-forwarded-for': hops })).address;
    expect(address('198.51.100.7')).to.equal('198.51.100.7');
    expect(address('6.6.6.6, 198.51.100.7, 10.1.2.3')).to.equal('198.51.100.7');
    expect(address('198.51.100.7:4711')).to.equal('198.51.100.7');
    expect(address('[2001:db8::1]:4711')).to.equal('2001:db8::1');
    expect(address('nonsense')).to.equal('127.0.0.1');
    expect(address('10.9.9.9')).to.equal('127.0.0.1');
  });

  it('is encrypted where the nearest trusted proxy says so', () => {
    const read = createVisitorReader(['127.0.0.1']);
    const secure = (proto: string): boolean => read(from('127.0.0.1', { 'x-forwarded-proto': proto })).secure;
    expect(secure('https')).to.equal(true);
    expect(secure('http')).to.equal(false);
    expect(secure('https, http')).to.equal(false);
    expect(createVisitorReader([])(from('127.0.0.1', { 'x-forwarded-proto': 'https' })).secure).to.equal(
      false,
    );
  });

  it('has the port that the browser asked, and none where the proxy leaves it out', () => {
    const read = createVisitorReader([]);
    expect(read(from('127.0.0.1', { host: 'localhost:8081' })).port).to.equal('8081');
    expect(read(from('127.0.0.1', { host: '[::1]:8081' })).port).to.equal('8081');
    expect(read(from('127.0.0.1', { host: '[::1]' })).port).to.equal('');
    expect(read(from('127.0.0.1', { host: 'masks.example.org' })).port).to.equal('');
  });

  it('refuses a trusted proxy that is no address', () => {
    expect(() => createVisitorReader(['proxy.example.org'])).to.throw(TypeError);
  });
});
