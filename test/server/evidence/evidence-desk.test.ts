import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { EvidenceDesk } from '../../../server/evidence/evidence-desk.js';
import type { EvidencePolicy } from '../../../server/evidence/evidence-policy.js';
import type { MomentPicture } from '../../../server/evidence/make-picture.js';
import { PictureFolder } from '../../../server/evidence/picture-folder.js';
import type { AlertPicture } from '../../../server/realtime/events.js';
import { createEvidenceStore } from '../../../server/storage/evidence-store.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { alertOf } from '../../helpers/alerts.js';
import { ruleOf } from '../../helpers/alert-rules.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const hourMs = 3_600_000;

describe('the pictures that are kept with alerts', () => {
  const folders = tempFolders();
  let db: Database;
  let path: string;
  let desk: EvidenceDesk;
  let policy: EvidencePolicy;
  let clock: { epochMs: number; monotonicMs: number };
  let only: string[];
  let asked: string[];
  let errors: string[];
  let shown: Map<string, AlertPicture | undefined>;
  let make: () => Promise<MomentPicture>;

  const rule = { ...ruleOf({ picture: true }), ruleId: 'r1' };
  const open = async (): Promise<void> => {
    desk = new EvidenceDesk({
      folder: await PictureFolder.open(path),
      store: createEvidenceStore(db),
      policy: () => policy,
      countsOnly: (cameraId) => only.includes(cameraId),
      picture: (cameraId, blur) => {
        asked.push(`${cameraId} ${blur ? 'hidden' : 'plain'}`);
        return make();
      },
      show: (alertId, picture) => shown.set(alertId, picture),
      now: () => clock,
      log: { warn: () => undefined, error: (_fields, message) => errors.push(message) },
    });
  };
  const files = (): string[] => readdirSync(path).sort();
  /** An alert is raised, and its picture is there or never will be. */
  const raise = async (alertId: string, overrides: Parameters<typeof alertOf>[0] = {}): Promise<void> => {
    desk.raised(alertOf({ alertId, ...overrides }), rule);
    await desk.close();
    await open();
  };
  const passHours = async (hours: number): Promise<void> => {
    clock = { epochMs: clock.epochMs + hours * hourMs, monotonicMs: clock.monotonicMs + hours * hourMs };
    await desk.sweep();
    await desk.sweep();
  };

  beforeEach(async () => {
    db = openDatabase(folders.make());
    path = join(folders.make(), 'evidence');
    policy = {
      enabled: true,
      everyAlert: false,
      blur: true,
      keepHours: 24,
      maxPictures: 500,
      maxMegabytes: 200,
    };
    clock = { epochMs: Date.parse('2026-03-10T12:00:00Z'), monotonicMs: 10_000 };
    [only, asked, errors] = [[], [], []];
    shown = new Map();
    make = () =>
      Promise.resolve({ jpeg: Buffer.alloc(1000, 7), width: 640, height: 360, capturedAtMs: 9900 });
    await open();
  });
  afterEach(async () => {
    await desk.close();
    db.close();
  });

  it('are taken when rule and site say so, and only the server can read them', async () => {
    await raise('a1');
    expect(asked).to.deep.equal(['door hidden']);
    expect(files()).to.deep.equal(['a1.jpg']);
    expect(statSync(join(path, 'a1.jpg')).mode & 0o777).to.equal(0o600);
    expect(statSync(path).mode & 0o777).to.equal(0o700);
    const takenAt = clock.epochMs - 100;
    expect(shown.get('a1')).to.deep.equal({
      ...{ takenAt, deletedAt: takenAt + 24 * hourMs, width: 640, height: 360, blurred: true },
    });
    expect(await desk.read('a1')).to.have.length(1000);
    expect(desk.cameraOf('a1')).to.equal('door');
    expect(await desk.read('a2')).to.equal(undefined);
  });

  it('are not taken where the site, the rule or the kind of the alert says no', async () => {
    policy = { ...policy, enabled: false, everyAlert: true };
    await raise('off');
    policy = { ...policy, enabled: true, everyAlert: false };
    desk.raised(alertOf({ alertId: 'unasked' }), { ...ruleOf(), ruleId: 'r1' });
    await raise('down', { kind: 'camera-down' });
    only = ['door'];
    await raise('counting');
    expect([asked, files()]).to.deep.equal([[], []]);
    only = [];
    policy = { ...policy, everyAlert: true, blur: false };
    desk.raised(alertOf({ alertId: 'every' }), { ...ruleOf(), ruleId: 'r1' });
    await desk.close();
    expect([asked, files()]).to.deep.equal([['door plain'], ['every.jpg']]);
  });

  it('are thrown away where the site changed its mind while they were made', async () => {
    make = () => {
      policy = { ...policy, enabled: false };
      return Promise.resolve({ jpeg: Buffer.alloc(10), width: 2, height: 2, capturedAtMs: 0 });
    };
    await raise('a1');
    expect([files(), shown.size]).to.deep.equal([[], 0]);
  });

  it('are deleted when their time is over, and seen to be gone', async () => {
    await raise('a1');
    await passHours(23);
    expect(files()).to.deep.equal(['a1.jpg']);
    await passHours(1);
    expect(files()).to.deep.equal([]);
    expect(shown.get('a1')).to.equal(undefined);
    expect(desk.stats()).to.include({ pictures: 0, bytes: 0, deleted: 1, deletionFailures: 0 });
    expect(await desk.read('a1')).to.equal(undefined);
  });

  it('outlive one wrong reading of the clock', async () => {
    await raise('a1');
    await desk.sweep();
    const right = clock;
    clock = { ...clock, epochMs: clock.epochMs + 1000 * hourMs };
    await desk.sweep();
    clock = right;
    await desk.sweep();
    expect(files()).to.deep.equal(['a1.jpg']);
  });

  it('go sooner when the site shortens their time, and later never', async () => {
    await raise('a1');
    policy = { ...policy, keepHours: 2 };
    await passHours(2);
    expect(files()).to.deep.equal([]);
    await raise('a2');
    policy = { ...policy, keepHours: 100 };
    await passHours(2);
    expect(files()).to.deep.equal([]);
  });

  it('are tried again and told of as long as they cannot be deleted', async () => {
    await raise('a1');
    // A folder in the place of the file stands for whatever keeps a file from going.
    rmSync(join(path, 'a1.jpg'));
    mkdirSync(join(path, 'a1.jpg'));
    await passHours(24);
    expect(desk.problems.join()).to.match(/^1 pictures of alerts could not be deleted .*a1\.jpg/);
    expect(desk.stats().deletionFailures).to.be.at.least(1);
    expect(errors).to.include('a picture of an alert could not be deleted');
    expect(shown.get('a1')).not.to.equal(undefined);
    rmSync(join(path, 'a1.jpg'), { recursive: true });
    await desk.sweep();
    expect(desk.problems).to.deep.equal([]);
    expect(desk.stats().pictures).to.equal(0);
    expect(shown.get('a1')).to.equal(undefined);
  });

  it('are bounded in number and size, the oldest go', async () => {
    policy = { ...policy, maxPictures: 2 };
    for (const id of ['a1', 'a2', 'a3']) {
      clock = { ...clock, epochMs: clock.epochMs + 1000 };
      await raise(id);
    }
    expect(files()).to.deep.equal(['a2.jpg', 'a3.jpg']);
    policy = { ...policy, maxPictures: 10, maxMegabytes: 0.0015 };
    await passHours(0);
    expect(files()).to.deep.equal(['a3.jpg']);
  });

  it('that nobody knows of are removed at the start, and those whose file is gone are forgotten', async () => {
    await raise('a1');
    await raise('a2');
    rmSync(join(path, 'a2.jpg'));
    writeFileSync(join(path, 'stray.jpg'), 'x');
    writeFileSync(join(path, 'a3.jpg.unfinished'), 'x');
    await desk.recover();
    expect(files()).to.deep.equal(['a1.jpg']);
    expect(shown.get('a2')).to.equal(undefined);
    expect(desk.stats().pictures).to.equal(1);
  });

  it('go with their camera, and when it only counts from now on', async () => {
    await raise('a1');
    await raise('a2', { cameraId: 'hall' });
    await desk.forget('door');
    expect(files()).to.deep.equal(['a2.jpg']);
    only = ['hall'];
    await desk.sweep();
    expect(existsSync(join(path, 'a2.jpg'))).to.equal(false);
  });

  it('are counted where they could not be made or written', async () => {
    make = () => Promise.reject(new Error('faces could still be made out'));
    desk.raised(alertOf({ alertId: 'a1' }), rule);
    await desk.close();
    expect(desk.stats().missed).to.deep.equal({ busy: 0, failed: 1 });
    await open();
    make = () => new Promise(() => undefined);
    for (let n = 0; n < 10; n++) desk.raised(alertOf({ alertId: `b${n}` }), rule);
    expect(desk.stats().missed).to.deep.equal({ busy: 2, failed: 0 });
    await open();
  });
});
