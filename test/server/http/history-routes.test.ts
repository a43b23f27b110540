import { expect } from 'chai';
import request from 'supertest';
import { anonymous, type Caller, localOwner } from '../../../server/access/caller.js';
import { createHttpApp } from '../../../server/http/create-http-app.js';
import type { CountsHistory } from '../../../server/http/api.js';
import type { DailyReportView, Notice, ZoneHistory } from '../../../server/http/history-api.js';
import { nobody } from '../../../server/ledger/people-counts.js';
import { localDayOf } from '../../../server/ledger/local-day.js';
import { createBucketStore } from '../../../server/storage/bucket-store.js';
import { createZoneMinuteStore } from '../../../server/storage/zone-minute-store.js';
import { noZoneDelta } from '../../../server/zones/zone-change.js';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const now = 1_700_000_100_000;
const day = localDayOf(now);
const hourMs = 3_600_000;

describe('the routes about the past', () => {
  const folders = tempFolders();
  let bench: HttpBench;
  beforeEach(() => {
    bench = new HttpBench(folders.make(), folders.make());
    const buckets = createBucketStore(bench.db);
    const minute = day.start + 9 * hourMs;
    buckets.add('door', minute, { people: { ...nobody, mask: 3, no_mask: 1 }, watchedMs: 60_000 });
    buckets.add('door', minute + hourMs, { people: { ...nobody, unknown: 2 }, watchedMs: 30_000 });
    buckets.add('gone', minute, { people: { ...nobody, mask: 1 }, watchedMs: 60_000 });
    buckets.add('door', day.start - hourMs, { people: { ...nobody, mask: 9 }, watchedMs: 60_000 });
  });
  afterEach(() => bench.close());

  it('report a day by camera and by hour, with the people of that day alone', async () => {
    const { body } = (await request(bench.app).get('/api/reports/daily')) as { body: DailyReportView };
    expect(body.total).to.deep.include({
      people: { ...nobody, mask: 4, no_mask: 1, unknown: 2 },
      compliance: 0.8,
    });
    expect(
      body.cameras.map(({ cameraId, name, watchedSeconds }) => [cameraId, name, watchedSeconds]),
    ).to.deep.equal([
      ['door', 'Door', 90],
      ['gone', 'gone', 60],
    ]);
    expect(body.hours.map(({ at, compliance }) => [at - day.start, compliance])).to.deep.equal([
      [9 * hourMs, 0.8],
      [10 * hourMs, null],
    ]);
    const again = (await request(bench.app).get(`/api/reports/daily?day=${body.day}`)) as { body: unknown };
    expect(again.body).to.deep.equal(body);
    expect((await request(bench.app).get('/api/reports/daily?day=2026-13-40')).status).to.equal(400);
  });

  it('report how full the pictures were, by camera and by hour', async () => {
    const zones = createZoneMinuteStore(bench.db);
    const full = (cameraId: string, hour: number, people: number, most: number, watchedMs: number): void =>
      zones.add(
        { cameraId, zoneId: '', flow: 'entered', minuteAt: day.start + hour * hourMs },
        { ...noZoneDelta, occupancyMs: people * watchedMs, occupancyMax: most, watchedMs },
      );
    full('door', 9, 1, 3, 60_000);
    full('door', 10, 4, 6, 30_000);
    full('gone', 9, 0.5, 2, 60_000);
    const { body } = (await request(bench.app).get('/api/reports/daily')) as { body: DailyReportView };
    const inside = (rows: readonly Pick<DailyReportView['total'], 'occupancyMean' | 'occupancyMax'>[]) =>
      rows.map(({ occupancyMean, occupancyMax }) => [occupancyMean, occupancyMax]);
    // Door: one person for a minute and four for half of one.
    expect(inside(body.cameras)).to.deep.equal([
      [2, 6],
      [0.5, 2],
    ]);
    expect(inside(body.hours)).to.deep.equal([
      [1.5, 3],
      [4, 6],
    ]);
    expect(inside([body.total])).to.deep.equal([[2.5, 6]]);
  });

  it('leave out of reports and exports the cameras that a caller does not see', async () => {
    const gatekeeper: Caller = { ...localOwner, kind: 'user', cameras: new Set(['gone']) };
    const app = createHttpApp({ ...bench.options, identify: () => gatekeeper });
    const { body } = (await request(app).get('/api/reports/daily')) as { body: DailyReportView };
    expect(body.cameras.map(({ cameraId }) => cameraId)).to.deep.equal(['gone']);
    expect(body.total.people.mask).to.equal(1);
    const csv = await request(app).get(`/api/counts.csv?bucket=day&from=${day.start}`);
    expect(
      csv.text
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[1]),
    ).to.deep.equal(['gone']);
    expect((await request(app).get('/api/zones/history?camera=door')).status).to.equal(404);
  });

  it('export counts as a table with an interval for each ratio', async () => {
    const { text, headers } = await request(bench.app).get(
      `/api/counts.csv?bucket=hour&camera=door&from=${day.start}&to=${day.end}`,
    );
    const [heading, first, second] = text.split('\r\n');
    expect(heading).to.equal(
      'start,camera,mask,no_mask,incorrect,unknown,compliance,compliance_low,compliance_high,' +
        'occupancy_mean,occupancy_max,watched_seconds',
    );
    expect(first).to.match(/^2023-\d\d-\d\dT\d\d:00:00\.000Z,door,3,1,0,0,0\.75,0\.3006\d*,0\.9544\d*,,,60$/);
    expect(second?.split(',').slice(2)).to.deep.equal(['0', '0', '0', '2', '', '', '', '', '', '30']);
    expect((headers as Record<string, string>)['content-disposition']).to.include('maskwatch-counts.csv');
  });

  it('give zones over time with mean occupancy and dwell', async () => {
    const minuteAt = day.start + 9 * hourMs;
    const zones = createZoneMinuteStore(bench.db);
    const key = { cameraId: 'door', zoneId: 'till', flow: 'entered', minuteAt } as const;
    zones.add(key, {
      ...noZoneDelta,
      people: { ...nobody, mask: 1, no_mask: 1 },
      ...{ occupancyMs: 90_000, occupancyMax: 2, dwellMs: 40_000, stays: 2, watchedMs: 60_000 },
    });
    zones.add(
      { ...key, minuteAt: minuteAt + 60_000 },
      { ...noZoneDelta, occupancyMax: 5, watchedMs: 30_000 },
    );
    const path = `/api/zones/history?camera=door&bucket=hour&from=${day.start}&to=${day.end}`;
    const { body } = (await request(bench.app).get(path)) as { body: ZoneHistory };
    expect(body.buckets).to.have.length(1);
    expect(body.buckets[0]).to.deep.include({
      ...{ at: minuteAt, zoneId: 'till', flow: 'entered', compliance: 0.5 },
      ...{ occupancyMean: 1, occupancyMax: 5, dwellSeconds: 20, watchedSeconds: 90 },
    });
    const csv = await request(bench.app).get(path.replace('history?', 'history.csv?'));
    const [heading, row] = csv.text.split('\r\n');
    expect(heading).to.include(',compliance,compliance_low,compliance_high,occupancy_mean,');
    expect(row).to.match(/,till,entered,1,1,0,0,0\.5,0\.0945\d*,0\.9054\d*,1,5,20,90$/);
    expect((await request(bench.app).get('/api/zones/history')).status).to.equal(400);
  });

  it('tell how full the picture of a camera was, and give all of it away as a file', async () => {
    const minuteAt = day.start + 9 * hourMs;
    const zones = createZoneMinuteStore(bench.db);
    const key = { cameraId: 'door', zoneId: '', flow: 'entered', minuteAt } as const;
    zones.add(key, { ...noZoneDelta, occupancyMs: 75_000, occupancyMax: 3, watchedMs: 50_000 });
    zones.add({ ...key, zoneId: 'till' }, { ...noZoneDelta, occupancyMax: 9, watchedMs: 50_000 });
    for (const bucket of ['minute', 'hour', 'day']) {
      const span = `bucket=${bucket}&camera=door&from=${minuteAt}&to=${minuteAt + 60_000}`;
      const read = await request(bench.app).get(`/api/counts?${span}`);
      expect((read.body as CountsHistory).buckets[0], bucket).to.include({
        ...{ occupancyMean: 1.5, occupancyMax: 3 },
      });
      const file = await request(bench.app).get(`/api/counts.json?${span}`);
      expect(file.body).to.deep.equal(read.body);
      expect(file.headers).to.include({
        'content-disposition': 'attachment; filename="maskwatch-counts.json"',
      });
    }
    const csv = await request(bench.app).get(`/api/counts.csv?bucket=day&camera=door&from=${day.start}`);
    expect(csv.text.split('\r\n')[1]).to.match(/,1\.5,3,90$/);
    // The camera of the next hour has no occupancy: that is not known, and not zero.
    const later = await request(bench.app).get(
      `/api/counts?bucket=hour&from=${minuteAt + hourMs}&to=${day.end}`,
    );
    expect((later.body as CountsHistory).buckets[0]).to.include({ occupancyMean: null, occupancyMax: null });
    const zonesFile = await request(bench.app).get(
      `/api/zones/history.json?camera=door&bucket=day&from=${day.start + hourMs}&to=${day.end}`,
    );
    expect((zonesFile.body as ZoneHistory).buckets.map(({ zoneId }) => zoneId)).to.deep.equal(['', 'till']);
    expect(zonesFile.headers).to.include({
      'content-disposition': 'attachment; filename="maskwatch-zones.json"',
    });
  });

  it('show the notice to anybody, and nothing else', async () => {
    const app = createHttpApp({ ...bench.options, identify: () => anonymous });
    const { body } = (await request(app).get('/api/notice')) as { body: Notice };
    expect(body).to.deep.include({ site: 'Site', purpose: '' });
    expect(body.retention.visitDays).to.equal(90);
    expect((await request(app).get('/api/reports/daily')).status).to.equal(401);
  });
});
