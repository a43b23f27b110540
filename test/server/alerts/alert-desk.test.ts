import { expect } from 'chai';
import { type AlertDesk, createAlertDesk } from '../../../server/alerts/alert-desk.js';
import { Places } from '../../../server/alerts/places.js';
import type { Moment } from '../../../server/ledger/ledger-change.js';
import type { AlertEvent, CameraView } from '../../../server/realtime/events.js';
import { createAlertStore } from '../../../server/storage/alert-store.js';
import { createJournal, type Journal } from '../../../server/storage/journal.js';
import { type Database, openDatabase } from '../../../server/storage/open-database.js';
import { createRuleStore } from '../../../server/storage/rule-store.js';
import { createZoneMinuteStore } from '../../../server/storage/zone-minute-store.js';
import { createZoneStore } from '../../../server/storage/zone-store.js';
import { createZoneDesk, type ZoneDesk } from '../../../server/zones/zone-desk.js';
import { ruleOf } from '../../helpers/alert-rules.js';
import { door } from '../../helpers/http-bench.js';
import { track, tracksAt } from '../../helpers/people.js';
import { tempFolders } from '../../helpers/temp-folder.js';

describe('the alert desk', () => {
  const folders = tempFolders();
  let db: Database;
  let journal: Journal;
  let zones: ZoneDesk;
  let desk: AlertDesk;
  let camera: CameraView;
  let clock: Moment;
  let told: AlertEvent[];
  let ids: number;

  const open = (): void => {
    zones = createZoneDesk({
      store: createZoneStore(db),
      minutes: createZoneMinuteStore(db),
      journal,
      now: () => clock,
      onPrivacy: () => Promise.resolve(),
      tickMs: 60_000,
    });
    const places = new Places(zones, () => clock.monotonicMs);
    desk = createAlertDesk({
      rules: createRuleStore(db),
      alerts: createAlertStore(db),
      journal,
      cameras: () => [camera],
      placeOf: (view, zoneId) => places.of(view, zoneId),
      zoneName: (cameraId, zoneId) => zones.list(cameraId).zones.find(({ id }) => id === zoneId)?.name,
      now: () => clock,
      newId: () => `id${++ids}`,
    });
  };

  beforeEach(() => {
    db = openDatabase(folders.make());
    journal = createJournal(db);
    camera = door;
    clock = { epochMs: Date.parse('2026-03-10T12:00:00Z'), monotonicMs: 1000 };
    [told, ids] = [[], 0];
    journal.onCommit((logged) => {
      if (logged.kind === 'alert') told.push(logged.event);
    });
    open();
  });
  afterEach(() => {
    desk.close();
    zones.close();
    journal.close();
    db.close();
  });

  /** A second passes, people are seen, rules are looked at. */
  const see = (...labels: ('mask' | 'no_mask' | 'unknown')[]): string[] => {
    clock = { epochMs: clock.epochMs + 1000, monotonicMs: clock.monotonicMs + 1000 };
    zones.accept(
      tracksAt(
        clock.monotonicMs,
        labels.map((label, index) => track(`${label}${index}`, { label })),
      ),
    );
    desk.look();
    journal.flush();
    return told.map(({ change }) => change);
  };

  it('raises, updates, and clears, and the inbox has it all', () => {
    desk.addRule(ruleOf());
    see('mask');
    see('mask', 'no_mask');
    expect(told.at(-1)?.alert).to.include({ cameraName: 'Door', ruleName: 'Masks at the door', value: 1 });
    for (let second = 0; second < 5; second++) see('no_mask', 'no_mask');
    expect(told.at(-1)).to.deep.include({ change: 'updated' });
    expect(told.at(-1)?.alert).to.include({ value: 2, worst: 2 });
    // The tracker lets somebody go who was not seen for 3 s.
    for (let second = 0; second < 5; second++) see('mask');
    expect(told.map(({ change }) => change)).to.deep.equal(['raised', 'updated', 'cleared']);
    const [alert] = createAlertStore(db).list({ limit: 10 });
    expect(alert).to.deep.equal(told.at(-1)?.alert);
    expect(alert?.clearedAt).to.equal(clock.epochMs - 1000);
    expect(alert?.worst).to.equal(2);
  });

  it('watches a single zone, and names it', async () => {
    const points = [
      { x: 0.5, y: 0 },
      { x: 1, y: 0 },
      { x: 1, y: 1 },
    ];
    await zones.replace('door', [{ name: 'Ward', kind: 'area', points, anchor: 'centre' }]);
    desk.addRule(ruleOf({ zoneId: 'ward' }));
    see('no_mask');
    expect(told).to.deep.equal([]);
    await zones.replace('door', [
      {
        id: 'ward',
        name: 'Ward',
        kind: 'area',
        anchor: 'centre',
        points: points.map(({ x, y }) => ({ x: 1 - x, y })),
      },
    ]);
    see('no_mask');
    expect(told[0]?.alert).to.include({ zoneId: 'ward', zoneName: 'Ward' });
  });

  it('tells of a camera that is down, not of one that is switched off', () => {
    desk.addRule(ruleOf({ cameraId: '*', condition: { kind: 'camera-down', forSeconds: 2 } }));
    camera = { ...door, enabled: false, status: { ...door.status, state: 'stopped' } };
    for (let second = 0; second < 5; second++) see();
    expect(told).to.deep.equal([]);
    camera = { ...door, status: { ...door.status, state: 'retrying' } };
    for (let second = 0; second < 3; second++) see();
    expect(told.map(({ change }) => change)).to.deep.equal(['raised']);
    camera = door;
    expect(see()).to.deep.equal(['raised', 'cleared']);
  });

  it('says in quiet hours that an alert was told to nobody', () => {
    desk.addRule(ruleOf({ quietHours: { from: '12:00', to: '13:00', timeZone: 'UTC' } }));
    see('no_mask');
    expect(told[0]?.alert.quiet).to.equal(true);
    clock = { ...clock, epochMs: Date.parse('2026-03-10T13:00:00Z') };
    see('no_mask');
    expect(told[1]).to.include({ change: 'updated' });
    expect(told[1]?.alert.quiet).to.equal(false);
  });

  it('keeps who acknowledged and why, over a restart and to the end', () => {
    desk.addRule(ruleOf({ clearAfterSeconds: 1 }));
    see('no_mask');
    const id = told[0]?.alert.alertId ?? '';
    expect(desk.acknowledge(id, 'ana', 'on my way')?.acknowledged).to.include({
      by: 'ana',
      note: 'on my way',
    });
    expect(desk.acknowledge('none', 'ana', '')).to.equal(undefined);
    desk.close();
    zones.close();
    open();
    see('no_mask');
    expect(told.map(({ change }) => change)).to.deep.equal(['raised', 'acknowledged']);
    for (let second = 0; second < 8; second++) see();
    expect(told.at(-1)?.change).to.equal('cleared');
    expect(told.at(-1)?.alert).to.include({ alertId: id });
    expect(told.at(-1)?.alert.acknowledged?.by).to.equal('ana');
  });

  it('ends the alerts of a rule that is changed, removed or switched off, and of a camera that is gone', () => {
    const rule = desk.addRule(ruleOf());
    see('no_mask');
    desk.changeRule(rule?.ruleId ?? '', ruleOf({ name: 'Other' }));
    expect(see('no_mask')).to.deep.equal(['raised', 'cleared', 'raised']);
    expect(told.at(-1)?.alert.ruleName).to.equal('Other');
    desk.removeRule(rule?.ruleId ?? '');
    expect(see('no_mask')).to.deep.equal(['raised', 'cleared', 'raised', 'cleared']);
    expect(desk.changeRule('none', ruleOf())).to.equal(undefined);
    desk.addRule(ruleOf({ cameraId: '*' }));
    see('no_mask');
    camera = { ...door, id: 'other' };
    expect(see('no_mask').at(-1)).to.equal('cleared');
    expect(desk.rules().map(({ name }) => name)).to.deep.equal(['Masks at the door']);
  });

  it('takes a sink that is gone out of its rules for good', () => {
    const named = desk.addRule({ ...ruleOf(), sinks: ['gone', 'kept'] });
    const everybody = desk.addRule({ ...ruleOf(), sinks: '*' });
    desk.forgetSink('gone');
    expect(desk.rules().map(({ sinks }) => sinks)).to.deep.equal([['kept'], '*']);
    desk.close();
    open();
    expect(desk.rules()).to.deep.equal([{ ...named, sinks: ['kept'] }, everybody]);
    expect(told).to.deep.equal([]);
  });

  it('has a bound on rules', () => {
    for (let count = 0; count < 100; count++) expect(desk.addRule(ruleOf())).not.to.equal(undefined);
    expect(desk.addRule(ruleOf())).to.equal(undefined);
  });
});
