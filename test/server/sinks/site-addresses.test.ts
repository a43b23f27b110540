import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect } from 'chai';
import { connectAsync } from 'mqtt';
import { siteServicePolicy } from '../../../server/addresses/address-policy.js';
import type { LookupAll } from '../../../server/addresses/resolve-checked.js';
import type { SinkSettings } from '../../../server/http/sink-api.js';
import type { Carrier, Delivery } from '../../../server/sinks/delivery.js';
import { createMailer } from '../../../server/sinks/mailer.js';
import { brokerSchemes, createMqttCarrier } from '../../../server/sinks/mqtt-carrier.js';
import { selfSigned } from '../../helpers/certificate.js';
import { mailSinkOf } from '../../helpers/sinks.js';
import { Broker, HttpReceiver, MailReceiver } from '../../helpers/receivers.js';

const delivery: Delivery = { deliveryId: 'd1', attempt: 1, notice: { type: 'test', at: 1 } };

describe('the addresses of brokers and mail servers', () => {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });
  const own = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one);
    return one;
  };

  /** A resolver that knows one name, and counts how often it is asked. */
  const resolver = (...addresses: string[]): LookupAll & { asked: number } => {
    const lookup = (host: string) => {
      found.asked += 1;
      return Promise.resolve(
        host === 'site.example' ? addresses.map((address) => ({ address, family: 4 })) : [],
      );
    };
    const found = Object.assign(lookup, { asked: 0 });
    return found;
  };
  const broker = (url: string, ownPorts: number[] = [], lookup?: LookupAll): Carrier =>
    own(
      createMqttCarrier({
        settings: {
          ...{ kind: 'mqtt', url, topic: 't', discovery: false },
          ...{ discoveryTopic: 'h', verifyCertificate: true },
        },
        ...{ secret: undefined, version: '1', cameras: () => [] },
        policy: siteServicePolicy(brokerSchemes, () => ownPorts),
        ...(lookup === undefined ? {} : { lookup }),
      }),
    );
  const mail = (
    port: number,
    settings: Partial<Extract<SinkSettings, { kind: 'email' }>> = {},
    ownPorts: number[] = [],
    lookup?: LookupAll,
  ): Carrier => {
    const sink = mailSinkOf(port, settings).settings;
    if (sink.kind !== 'email') throw new Error('not a mail sink');
    return createMailer({
      ...{ settings: sink, secret: undefined, policy: siteServicePolicy([], () => ownPorts) },
      ...(lookup === undefined ? {} : { lookup }),
    });
  };
  const refusal = (carrier: Carrier): Promise<string> =>
    carrier.deliver(delivery, new AbortController().signal).catch((error: unknown) => String(error));

  it('may not be link-local, a metadata service or multicast, in any spelling, and are not called then', async () => {
    for (const host of ['169.254.169.254', '[fe80::1]', '224.0.0.1', '0xa9fea9fe', '[::ffff:169.254.1.1]']) {
      for (const scheme of brokerSchemes) {
        expect(await refusal(broker(`${scheme}://${host}:1/`)), `${scheme}://${host}`).to.include(
          'link-local, multicast, metadata or reserved',
        );
      }
    }
    for (const host of ['169.254.169.254', 'fe80::1', '100.100.100.200']) {
      expect(await refusal(mail(25, { host })), host).to.include('metadata');
    }
  });

  it('may not lead back to the server, by number or by name', async () => {
    const page = own(await HttpReceiver.start());
    const connections: unknown[] = [];
    page.onConnection((socket) => connections.push(socket));
    const { port } = page;
    const lookup = resolver('127.0.0.1');
    for (const carrier of [
      broker(`mqtt://127.0.0.1:${port}`, [port]),
      broker(`ws://localhost:${port}/mqtt`, [port]),
      broker(`ws://site.example:${port}/mqtt`, [port], lookup),
      mail(port, {}, [port]),
      mail(port, { host: 'site.example' }, [port], lookup),
    ]) {
      expect(await refusal(carrier)).to.include('leads back to this server');
    }
    expect(connections).to.deep.equal([]);
    expect(lookup.asked).to.be.at.least(2);
  });

  it('may not be a name that also leads to a forbidden network', async () => {
    const lookup = resolver('127.0.0.1', '169.254.169.254');
    expect(await refusal(broker('mqtt://site.example:1', [], lookup))).to.include('link-local');
    expect(await refusal(mail(25, { host: 'site.example' }, [], lookup))).to.include('link-local');
    expect(await refusal(broker('mqtt://other.example:1', [], lookup))).to.include('not known');
  });

  it('are looked up once for each connection, which goes to the address that was checked', async () => {
    const real = own(await Broker.start());
    const watcher = await connectAsync(real.url);
    own({ close: () => watcher.endAsync(true) });
    const lookup = resolver('127.0.0.1');
    const carrier = broker(`mqtt://site.example:${real.port}`, [], lookup);
    expect(await carrier.deliver(delivery, new AbortController().signal)).to.include('acknowledged');
    expect(lookup.asked).to.equal(1);

    const post = own(await MailReceiver.startPlain());
    const mailer = mail(post.port, { host: 'site.example' }, [], lookup);
    await mailer.deliver(delivery, new AbortController().signal);
    expect(await post.until(1)).to.include('[Maskwatch]');
    expect(lookup.asked).to.equal(2);
  });

  it('are told the name that they were found by, which certificates and websockets are about', async () => {
    const lookup = resolver('127.0.0.1');
    const { key, cert } = await selfSigned();
    const named = new Promise<string>((resolve) => {
      const secure = createTlsServer({
        ...{ key, cert },
        SNICallback: (name, done) => {
          resolve(name);
          done(null);
        },
      });
      // The certificate is nobody's, so the client hangs up.
      secure.on('tlsClientError', () => undefined);
      own({ close: () => new Promise((closed) => void secure.close(() => closed())) });
      secure.listen(0, '127.0.0.1', () => {
        const { port } = secure.address() as AddressInfo;
        broker(`mqtts://site.example:${port}`, [], lookup);
      });
    });
    expect(await named).to.equal('site.example');

    const asked = new Promise<string>((resolve) => {
      const web = createServer();
      web.on('upgrade', ({ url, headers }, socket) => {
        resolve(`${headers.host ?? ''} ${url ?? ''}`);
        socket.destroy();
      });
      own({ close: () => new Promise((closed) => void web.close(() => closed())) });
      web.listen(0, '127.0.0.1', () => {
        const { port } = web.address() as AddressInfo;
        broker(`ws://site.example:${port}/mqtt?site=1`, [], lookup);
      });
    });
    expect(await asked).to.match(/^site\.example:\d+ \/mqtt\?site=1$/);
  });
});
