import { expect } from 'chai';
import { nobody } from '../../../client/src/state/people.js';
import { trendSeries } from '../../../client/src/state/trend-series.js';

const minute = 60_000;

describe('trendSeries', () => {
  it('shows a gap as a gap and never as zero', () => {
    const bucket = {
      ...{ cameraId: 'door', watchedSeconds: 60, interval: null },
      ...{ occupancyMean: null, occupancyMax: null },
    };
    const series = trendSeries(
      {
        from: 30_000,
        to: 4 * minute,
        bucket: 'minute',
        buckets: [
          { ...bucket, at: 0, people: { ...nobody, mask: 3, no_mask: 1, unknown: 2 }, compliance: 0.75 },
          { ...bucket, at: minute, people: nobody, compliance: null },
          { ...bucket, at: 3 * minute, people: { ...nobody, mask: 1 }, compliance: 1 },
          { ...bucket, cameraId: 'hall', at: 2 * minute, people: { ...nobody, mask: 9 }, compliance: 1 },
        ],
      },
      'door',
    );
    expect(series).to.deep.equal({
      at: [0, 60, 120, 180],
      compliance: [0.75, null, null, 1],
      people: [6, 0, null, 1],
    });
  });
});
