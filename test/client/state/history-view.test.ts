import { expect } from 'chai';
import type { CountsHistory } from '../../../server/http/api.js';
import type { ZoneHistory } from '../../../server/http/history-api.js';
import { chartsOf, historyColumns, mostOf } from '../../../client/src/state/history-charts.js';
import { spans, spanQuery, stepMs, stepOf, stepsOf } from '../../../client/src/state/history-span.js';
import { countRows, placesOf, zoneRows } from '../../../client/src/state/history-view.js';
import { nobody } from '../../../client/src/state/people.js';

const hourMs = 3_600_000;

function bucket(at: number, cameraId: string, mask: number, occupancy: readonly [number, number] | null) {
  return {
    ...{ at, cameraId, people: { ...nobody, mask }, compliance: mask === 0 ? null : 1, interval: null },
    ...{ occupancyMean: occupancy?.[0] ?? null, occupancyMax: occupancy?.[1] ?? null, watchedSeconds: 60 },
  };
}

const history: CountsHistory = {
  ...{ from: 0, to: 4 * hourMs, bucket: 'hour' },
  buckets: [
    bucket(0, 'door', 2, [0.5, 2]),
    bucket(0, 'hall', 1, [1, 5]),
    bucket(hourMs, 'door', 0, [0, 0]),
    bucket(3 * hourMs, 'hall', 4, null),
  ],
};

function zone(
  at: number,
  zoneId: string,
  flow: ZoneHistory['buckets'][number]['flow'],
  dwell: number | null,
) {
  return {
    ...{ at, zoneId, flow, people: { ...nobody, mask: 1 }, compliance: 1, interval: null },
    ...{ occupancyMean: 1.5, occupancyMax: 4, dwellSeconds: dwell, watchedSeconds: 60 },
  };
}

const zones: ZoneHistory = {
  ...{ from: 0, to: 2 * hourMs, bucket: 'hour', cameraId: 'door' },
  buckets: [
    zone(0, '', 'entered', 3),
    zone(0, 'till', 'entered', 20),
    zone(0, 'exit', 'forward', null),
    zone(hourMs, 'till', 'entered', null),
  ],
};

describe('the history on the page', () => {
  it('sums people over all cameras; of the most inside at once the greatest counts', () => {
    const rows = countRows(history, undefined);
    expect(
      rows.map(({ at, people, occupancyMean, occupancyMax }) => [
        at,
        people.mask,
        occupancyMean,
        occupancyMax,
      ]),
    ).to.deep.equal([
      [0, 3, 1.5, 5],
      [hourMs, 0, 0, 0],
      [3 * hourMs, 4, null, null],
    ]);
    expect(countRows(history, 'hall').map(({ occupancyMax }) => occupancyMax)).to.deep.equal([5, null]);
  });

  it('tells occupancy and stays of areas, and neither of lines', () => {
    expect(placesOf(zones)).to.deep.equal(['exit →', 'till']);
    const till = zoneRows(zones, 'till');
    expect(till[0]).to.include({ occupancyMean: 1.5, occupancyMax: 4, dwellSeconds: 20 });
    expect(chartsOf(till)).to.deep.equal(['compliance', 'occupancy', 'dwell']);
    const exit = zoneRows(zones, 'exit →');
    expect(exit[0]).not.to.have.any.keys('occupancyMean', 'occupancyMax', 'dwellSeconds');
    expect(chartsOf(exit)).to.deep.equal(['compliance']);
    expect(chartsOf(countRows(history, 'door'))).to.deep.equal(['compliance', 'occupancy']);
  });

  it('draws a gap as a gap and never as zero', () => {
    const rows = countRows(history, undefined);
    expect(historyColumns(rows, hourMs, 'occupancy')).to.deep.equal([
      [0, 3600, 7200, 10_800],
      [5, 0, null, null],
      [1.5, 0, null, null],
    ]);
    expect(historyColumns(rows, hourMs, 'compliance')).to.deep.equal([
      [0, 3600, 7200, 10_800],
      [3, 0, null, 4],
      [1, null, null, 1],
    ]);
    expect(historyColumns(zoneRows(zones, 'till'), hourMs, 'dwell')).to.deep.equal([
      [0, 3600],
      [null, null],
      [20, null],
    ]);
    expect(mostOf(rows, 'occupancy')).to.equal(5);
    expect(mostOf(zoneRows(zones, 'till'), 'dwell')).to.equal(20);
  });

  it('is read by the minute, hour or day, as the span allows, and never in more rows than the server gives', () => {
    expect(stepOf('hour', 'day')).to.equal('minute');
    expect(stepOf('day', 'minute')).to.equal('minute');
    expect(stepOf('day', undefined)).to.equal('hour');
    expect(stepOf('year', 'minute')).to.equal('day');
    for (const span of spans) {
      for (const step of stepsOf[span]) {
        const { from, to, bucket } = spanQuery(span, step, 1e12);
        expect(bucket).to.equal(step);
        expect((to - from) / stepMs[step], `${span} by ${step}`).to.be.within(5, 2000);
      }
    }
  });
});
