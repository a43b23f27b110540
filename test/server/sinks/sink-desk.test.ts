import { expect } from 'chai';
import { siteServicePolicy } from '../../../server/addresses/address-policy.js';
import { KnownSecrets } from '../../../server/secrets/known-secrets.js';
import { createVault } from '../../../server/secrets/vault.js';
import { Courier } from '../../../server/sinks/courier.js';
import { createMailer } from '../../../server/sinks/mailer.js';
import { brokerSchemes, createMqttCarrier } from '../../../server/sinks/mqtt-carrier.js';
import { createSinkDesk, type SinkDesk } from '../../../server/sinks/sink-desk.js';
import { createWebhook, signatureOf } from '../../../server/sinks/webhook.js';
import type { AlertRule } from '../../../server/http/alert-api.js';
import type { SinkInput, SinkSettings } from '../../../server/http/sink-api.js';
import type { AlertEvent } from '../../../server/realtime/events.js';
import { createFlagStore } from '../../../server/storage/flag-store.js';
import { createJournal, type Journal } from '../../../server/storage/journal.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { createOutboxStore, type OutboxStore } from '../../../server/storage/outbox-store.js';
import { createSinkStore } from '../../../server/storage/sink-store.js';
import { Secret } from '../../../streams/secret/secret.js';
import { alertOf } from '../../helpers/alerts.js';
import { ruleOf } from '../../helpers/alert-rules.js';
import { HttpReceiver, MailReceiver } from '../../helpers/receivers.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const secret = 'a secret of sixteen or more';
const policy = siteServicePolicy(['http', ...brokerSchemes]);

describe('sinks', () => {
  const folders = tempFolders();
  let folder: string;
  let db: Database;
  let journal: Journal;
  let outbox: OutboxStore;
  let desk: SinkDesk;
  let courier: Courier;
  let clock: number;
  let ids: number;
  let rules: AlertRule[];
  let receiver: HttpReceiver;

  const open = (): void => {
    db = openDatabase(folder);
    journal = createJournal(db);
    outbox = createOutboxStore(db);
    desk = createSinkDesk({
      store: createSinkStore(db),
      outbox,
      vault: createVault(new Secret('a key that only this test knows')),
      known: new KnownSecrets(),
      carrierOf: ({ settings }, key) => {
        const both = { secret: key, policy };
        if (settings.kind === 'email') return createMailer({ settings, ...both });
        if (settings.kind === 'webhook')
          return createWebhook({ url: settings.url, ...both, now: () => clock });
        return createMqttCarrier({ settings, ...both, version: '1', cameras: () => [], patienceMs: 500 });
      },
      now: () => clock,
      random: () => 0,
      newId: () => `sink${++ids}`,
      onProblem: (error) => {
        throw error;
      },
    });
    courier = new Courier({
      db,
      log: journal.log,
      flags: createFlagStore(db),
      outbox,
      rules: () => rules,
      sinks: () => desk.active(),
      now: () => clock,
    });
    desk.wake(courier.catchUp());
  };
  const close = async (): Promise<void> => {
    await desk.close();
    journal.close();
    db.close();
  };

  beforeEach(async () => {
    folder = folders.make();
    clock = Date.parse('2026-03-10T12:00:00Z');
    ids = 0;
    rules = [{ ...ruleOf(), ruleId: 'r1' }];
    receiver = await HttpReceiver.start();
    open();
  });
  afterEach(async () => {
    await close();
    await receiver.close();
  });

  const hook = (): SinkInput => ({
    name: 'Hook',
    enabled: true,
    settings: { kind: 'webhook', url: receiver.url },
    secret,
  });
  const tell = (change: AlertEvent['change'], overrides: Parameters<typeof alertOf>[0] = {}): void => {
    const alert = alertOf(overrides);
    journal.append('alert', 'door', clock, { change, alert });
    journal.flush();
  };
  const carry = (): void => desk.wake(courier.catchUp());
  const settled = async (meets: (view: ReturnType<SinkDesk['list']>[number]) => boolean): Promise<void> => {
    for (let tries = 0; tries < 500; tries++) {
      const [view] = desk.list();
      if (view !== undefined && meets(view)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`never as hoped for: ${JSON.stringify(desk.list())}`);
  };

  it('signs each message so that the receiver can check it', async () => {
    desk.add(hook());
    tell('raised');
    carry();
    const [message] = await receiver.until(1);
    const timestamp = String(message?.headers['x-maskwatch-timestamp']);
    expect(timestamp).to.equal(String(clock / 1000));
    expect(message?.headers['x-maskwatch-signature']).to.equal(
      signatureOf(new Secret(secret), timestamp, message?.body ?? ''),
    );
    const body = JSON.parse(message?.body ?? '') as { type: string; change: string; alert: object };
    expect(body).to.include({ type: 'alert', change: 'raised' });
    expect(body.alert).to.deep.equal(alertOf());
  });

  it('tries again after a failure, later each time, with the same delivery id, and keeps the order', async () => {
    receiver.answers = [500, 503, 204];
    desk.add(hook());
    tell('raised');
    tell('cleared', { clearedAt: clock });
    carry();
    await receiver.until(1);
    await settled(({ problem }) => problem === 'the receiver answered HTTP 500: because the test says so');
    expect(outbox.nextDueAt('sink1')).to.equal(clock);
    clock += 1000;
    desk.wake(['sink1']);
    await receiver.until(2);
    await settled(({ problem }) => problem?.includes('503') === true);
    clock += 2000;
    desk.wake(['sink1']);
    await receiver.until(4);
    await settled(({ sent, waiting }) => sent === 2 && waiting === 0);
    const deliveries = receiver.posted.map(({ headers }) => headers['x-maskwatch-delivery']);
    expect(new Set(deliveries.slice(0, 3)).size).to.equal(1);
    expect(receiver.posted.map(({ headers }) => headers['x-maskwatch-attempt'])).to.deep.equal([
      '1',
      '2',
      '3',
      '1',
    ]);
    expect(desk.list()[0]).not.to.have.property('problem');
  });

  it('loses nothing when the receiver and the server are down for a while', async () => {
    const { port } = receiver;
    desk.add(hook());
    await receiver.close();
    tell('raised');
    carry();
    await settled(({ problem }) => problem !== undefined);
    tell('cleared', { clearedAt: clock }); // In the log, but the server ends before it is carried.
    await close();
    receiver = await HttpReceiver.start(port);
    clock += 3_600_000;
    open();
    const posted = await receiver.until(2);
    expect(posted.map(({ body }) => (JSON.parse(body) as AlertEvent).change)).to.deep.equal([
      'raised',
      'cleared',
    ]);
  });

  it('gives up what is refused for good, and sends it again when asked', async () => {
    receiver.answers = [422, 204];
    desk.add(hook());
    tell('raised');
    tell('cleared');
    carry();
    await receiver.until(2);
    await settled(({ dead, sent }) => dead === 1 && sent === 1);
    const [, first] = desk.messages('sink1', undefined)?.items ?? [];
    expect(first).to.include({ state: 'dead', attempts: 1, title: 'Alert: Masks at the door (Door)' });
    expect(desk.replay('sink1', undefined)).to.equal(1);
    await receiver.until(3);
    await settled(({ dead, sent }) => dead === 0 && sent === 2);
  });

  it('gives up after twenty tries, and bounds what waits', async () => {
    receiver.answers = [500];
    desk.add(hook());
    tell('raised');
    carry();
    for (let tries = 1; tries <= 20; tries++) {
      await receiver.until(tries);
      await settled(() => (desk.messages('sink1', undefined)?.items[0]?.attempts ?? 0) >= tries);
      clock += 3_600_000;
      desk.wake(['sink1']);
    }
    await settled(({ dead, waiting }) => dead === 1 && waiting === 0);
    for (let number = 0; number < 1010; number++) outbox.add('other', `${number}`, '{}', clock, clock);
    outbox.trim('other', { waiting: 1000, finished: 5 }, clock);
    expect(outbox.counts('other')).to.deep.equal({ waiting: 1000, sent: 0, dead: 5 });
  });

  it('puts each piece of news once into the outbox of each sink that the rule names', () => {
    desk.add({ ...hook(), enabled: true });
    desk.add({ ...hook(), name: 'Off', enabled: false });
    desk.add({ ...hook(), name: 'Other' });
    rules = [{ ...ruleOf({ sinks: ['sink1'] }), ruleId: 'r1' }];
    tell('raised');
    tell('updated', { worst: 2 });
    tell('raised', { alertId: 'a2', quiet: true });
    tell('cleared', { alertId: 'a2', quiet: true });
    carry();
    carry();
    const total = (id: string) => desk.messages(id, undefined)?.items.length;
    expect([total('sink1'), total('sink2'), total('sink3')]).to.deep.equal([1, 0, 0]);
  });

  it('tells an alert of quiet hours when it outlasts them', () => {
    desk.add(hook());
    tell('raised', { quiet: true });
    tell('updated', { quiet: false });
    carry();
    const [item] = desk.messages('sink1', undefined)?.items ?? [];
    expect(item?.title).to.equal('Alert: Masks at the door (Door)');
  });

  it('gathers a digest and sends it when its time is over', async () => {
    rules = [{ ...ruleOf({ digestMinutes: 15 }), ruleId: 'r1' }];
    desk.add(hook());
    for (let number = 0; number < 205; number++) {
      tell('raised', { alertId: `a${number}` });
      clock += 1000;
    }
    carry();
    expect(desk.list()[0]).to.include({ waiting: 1 });
    clock = Date.parse('2026-03-10T12:15:00Z');
    desk.wake(['sink1']);
    const [message] = await receiver.until(1);
    const body = JSON.parse(message?.body ?? '') as { type: string; news: object[]; omitted: number };
    expect([body.type, body.news.length, body.omitted]).to.deep.equal(['digest', 200, 5]);
  });

  it('sends mail over an encrypted connection with a password, and tells the outcome of a test', async () => {
    const mail = await MailReceiver.start({ authOptional: false });
    const settings: SinkSettings = {
      ...{ kind: 'email', host: '127.0.0.1', port: mail.port, security: 'starttls', username: 'guard' },
      ...{ from: 'maskwatch@example.org', to: ['guard@example.org'], verifyCertificate: false },
    };
    const input = { name: 'Mail', enabled: true, settings, secret: 'right' };
    expect(await desk.test(input)).to.deep.include({ ok: true, detail: '250 taken by the test' });
    expect(await desk.test({ ...input, secret: 'wrong' })).to.include({ ok: false });
    const strict = await desk.test({ ...input, settings: { ...settings, verifyCertificate: true } });
    expect(strict.detail).to.match(/certificate/i);
    desk.add(input);
    tell('raised', { ruleName: 'Masks\r\nBcc: everybody@example.org' });
    carry();
    await settled(({ sent }) => sent === 1);
    expect(mail.mails[1]).to.match(/^Subject: \[Maskwatch\] Alert: Masks Bcc: everybody@example.org/m);
    expect(mail.mails[1]).to.contain('Unmasked people: 1');
    expect(mail.users).to.include('guard');
    await mail.close();
  });

  it('reports what a mail server without encryption says when it is demanded', async () => {
    const mail = await MailReceiver.start({ disabledCommands: ['STARTTLS'], authOptional: true });
    const settings: SinkSettings = {
      ...{ kind: 'email', host: '127.0.0.1', port: mail.port, security: 'starttls' },
      ...{ from: 'maskwatch@example.org', to: ['guard@example.org'], verifyCertificate: false },
    };
    const demanded = await desk.test({ name: 'Mail', enabled: true, settings });
    expect(demanded.ok).to.equal(false);
    expect(demanded.detail).to.match(/starttls/i);
    const plain = await desk.test({
      name: 'Mail',
      enabled: true,
      settings: { ...settings, security: 'none' },
    });
    expect(plain).to.include({ ok: true });
    await mail.close();
  });

  it('does not say a secret in what it reports, and asks for one that it cannot open', async () => {
    receiver.answers = [500];
    expect((await desk.test(hook())).detail).not.to.contain(secret);
    desk.add(hook());
    const store = createSinkStore(db);
    const [stored] = store.list();
    if (stored === undefined) throw new Error('nothing was stored');
    expect(stored.sealed).not.to.contain(secret);
    store.put({ ...stored, sealed: 'v1.00000000.x' }, clock);
    await close();
    open();
    expect(desk.list()[0]?.problem).to.contain('enter it again');
  });
});
