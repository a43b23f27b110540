import { expect } from 'chai';
import { nobody } from '../../../server/ledger/people-counts.js';
import { KnownSecrets } from '../../../server/secrets/known-secrets.js';
import { createVault } from '../../../server/secrets/vault.js';
import { siteServicePolicy } from '../../../server/addresses/address-policy.js';
import { createMailer } from '../../../server/sinks/mailer.js';
import { createReportDesk, type ReportDesk } from '../../../server/sinks/report-desk.js';
import { createSinkDesk, type SinkDesk } from '../../../server/sinks/sink-desk.js';
import { createAlertStore } from '../../../server/storage/alert-store.js';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
import { createFlagStore } from '../../../server/storage/flag-store.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { createOutboxStore } from '../../../server/storage/outbox-store.js';
import { createSinkStore } from '../../../server/storage/sink-store.js';
import { createZoneMinuteStore } from '../../../server/storage/zone-minute-store.js';
import { Secret } from '../../../streams/secret/secret.js';
import { alertOf } from '../../helpers/alerts.js';
import { MailReceiver } from '../../helpers/receivers.js';
import { mailSinkOf } from '../../helpers/sinks.js';
import { tempFolders } from '../../helpers/temp-folder.js';

/** The parts of a mail by their media type, decoded. */
function partsOf(mail: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of mail.split(/^--[^\r\n]+\r\n/m).slice(1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const type = /content-type: ([^;\r\n]+)/i.exec(head)?.[1] ?? '';
    const body = rest.join('\r\n\r\n');
    const how = /content-transfer-encoding: (\S+)/i.exec(head)?.[1];
    if (how === 'base64') parts.set(type, Buffer.from(body, 'base64').toString('utf8'));
    else if (how === 'quoted-printable') parts.set(type, unquoted(body));
    else if (type !== '') parts.set(type, body);
  }
  return parts;
}

function unquoted(text: string): string {
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

describe('the daily report by mail', () => {
  const folders = tempFolders();
  let folder: string;
  let db: Database;
  let sinks: SinkDesk;
  let reports: ReportDesk;
  let mail: MailReceiver;
  let clock: number;
  let problems: unknown[];

  const at = (day: number, hours: number, minutes = 0): number =>
    new Date(2026, 4, day, hours, minutes).getTime();
  const open = (): void => {
    db = openDatabase(folder);
    const outbox = createOutboxStore(db);
    const onProblem = (error: unknown): unknown => problems.push(error);
    sinks = createSinkDesk({
      store: createSinkStore(db),
      outbox,
      vault: createVault(new Secret('a key that only this test knows')),
      known: new KnownSecrets(),
      carrierOf: ({ settings }, key) => {
        if (settings.kind !== 'email') throw new Error('only mail here');
        return createMailer({ settings, secret: key, policy: siteServicePolicy([]) });
      },
      now: () => clock,
      random: () => 0,
      newId: () => 'sink1',
      onProblem,
    });
    reports = createReportDesk({
      ...{ db, outbox, onProblem, flags: createFlagStore(db), now: () => clock, tickMs: 3_600_000 },
      sources: () => ({
        ...{ buckets: createBucketStore(db), alerts: createAlertStore(db), site: 'Baker & <Sons>' },
        cameras: [{ id: 'door', name: 'Door <1>' }],
      }),
      readers: () => sinks.reportReaders(),
      wake: (ids) => sinks.wake(ids),
    });
  };
  const close = async (): Promise<void> => {
    reports.close();
    await sinks.close();
    db.close();
  };
  const subscribe = (language: 'en' | 'de' | 'es' = 'en'): void => {
    sinks.add(mailSinkOf(mail.port, { dailyReport: { at: '07:00', language } }));
  };
  /** Looks at the clock at a moment; resolves when what is due was sent. */
  const lookAt = async (moment: number): Promise<number> => {
    clock = moment;
    reports.look();
    await sent();
    return mail.mails.length;
  };
  const sent = async (): Promise<void> => {
    while (sinks.list()[0]?.waiting) await new Promise((resolve) => setImmediate(resolve));
  };

  beforeEach(async () => {
    folder = folders.make();
    mail = await MailReceiver.startPlain();
    problems = [];
    clock = at(1, 5);
    open();
    const buckets = createBucketStore(db);
    buckets.add('door', at(1, 9), { people: { ...nobody, mask: 30, no_mask: 10 }, watchedMs: 3_600_000 });
    buckets.add('door', at(1, 14), { people: { ...nobody, incorrect: 10, unknown: 2 }, watchedMs: 60_000 });
    buckets.add('door', at(2, 3), { people: { ...nobody, mask: 99 }, watchedMs: 60_000 });
    createAlertStore(db).put(alertOf({ raisedAt: at(1, 9), severity: 'critical' }));
  });
  afterEach(async () => {
    await close();
    await mail.close();
    expect(problems).to.deep.equal([]);
  });

  it('is sent once a day at its time, also over restarts, and tells of the day before', async () => {
    subscribe();
    expect(await lookAt(at(1, 5))).to.equal(0);
    expect(await lookAt(at(1, 6, 59))).to.equal(0);
    expect(await lookAt(at(1, 7))).to.equal(1);
    expect(await lookAt(at(1, 23))).to.equal(1);
    await close();
    open();
    expect(await lookAt(at(1, 23, 30))).to.equal(1);
    expect(await lookAt(at(2, 6))).to.equal(1);
    // Asleep at seven: later is better than never.
    expect(await lookAt(at(2, 11))).to.equal(2);
    await close();
    open();
    expect(await lookAt(at(2, 12))).to.equal(2);
    // A clock that is set back sends nothing twice.
    expect(await lookAt(at(1, 8))).to.equal(2);
    expect(mail.mails[1]).to.match(/Report[ _]of[ _]2026-05-01/);
    expect(mail.mails[1]).to.contain('To: boss@example.org');
  });

  it('is told to who is new at the next time, not at one that has passed', async () => {
    clock = at(2, 15);
    subscribe();
    expect(await lookAt(at(2, 15))).to.equal(0);
    expect(await lookAt(at(3, 7))).to.equal(1);
  });

  it('is a text, a page of its own, and a table', async () => {
    subscribe();
    await lookAt(at(1, 6));
    await lookAt(at(2, 8));
    const parts = partsOf(mail.mails[0] ?? '');
    const text = parts.get('text/plain') ?? '';
    expect(text).to.contain('Compliance: 60% (').and.to.contain('Alerts: 1 critical, 0 warnings');
    expect(text).to.contain('Door <1>: 60%').and.not.to.contain('99');
    const html = parts.get('text/html') ?? '';
    expect(html)
      .to.contain('60%')
      .and.to.contain('Baker &amp; &lt;Sons&gt;')
      .and.to.contain('Door &lt;1&gt;');
    expect(html).not.to.match(/<script|<link|<img|https?:|url\(|<style/i);
    const csv = parts.get('text/csv') ?? '';
    expect(csv).to.match(/^start,camera,mask,no_mask,incorrect,unknown,compliance,/);
    expect(csv).to.contain(`${new Date(at(1, 9)).toISOString()},door,30,10,0,0,0.75,`);
    expect(mail.mails[0]).to.contain('maskwatch-2026-05-01.csv');
  });

  it('tells how full it was, where that is known', async () => {
    const key = { cameraId: 'door', zoneId: '', flow: 'entered' as const, minuteAt: at(1, 9) };
    createZoneMinuteStore(db).add(key, {
      ...{ people: nobody, dwellMs: 0, stays: 0 },
      ...{ occupancyMs: 150_000, occupancyMax: 7, watchedMs: 60_000 },
    });
    subscribe();
    await lookAt(at(1, 6));
    await lookAt(at(2, 8));
    const parts = partsOf(mail.mails[0] ?? '');
    const lines = (parts.get('text/plain') ?? '').split(/\r?\n/);
    expect(lines.find((line) => line.includes('Door'))).to.match(/; Mean inside 2\.5, Most inside 7$/);
    expect(
      lines.filter((line) => line.includes('Mean inside')).length,
      'the hour at 14:00 has none',
    ).to.equal(3);
    expect(parts.get('text/html'))
      .to.contain('>Most inside</th>')
      .and.to.match(/>2\.5<\/td><td [^>]*>7<\/td>/);
  });

  it('speaks the language that is asked for', async () => {
    subscribe('de');
    await lookAt(at(1, 6));
    await lookAt(at(2, 8));
    expect(partsOf(mail.mails[0] ?? '').get('text/html')).to.contain('Bericht vom 2026-05-01');
  });

  it('waits on disk while the mail server is away', async () => {
    subscribe();
    await lookAt(at(1, 6));
    const { port } = mail;
    await mail.close();
    clock = at(2, 7);
    reports.look();
    while (sinks.list()[0]?.problem === undefined) await new Promise((resolve) => setImmediate(resolve));
    await close();
    mail = await MailReceiver.startPlain(port);
    clock = at(2, 8);
    open();
    await sent();
    expect(mail.mails).to.have.length(1);
  });

  it('is sent when somebody asks for it, once in a minute', async () => {
    expect(reports.send(undefined)).to.equal(undefined);
    clock = at(2, 15);
    subscribe();
    expect(reports.send(undefined)).to.equal(1);
    expect(reports.send(undefined)).to.equal(0);
    clock += 60_000;
    expect(reports.send(undefined)).to.equal(1);
    await sent();
    expect(mail.mails).to.have.length(2);
  });
});
