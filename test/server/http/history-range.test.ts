import { expect } from 'chai';
import { rangeOf } from '../../../server/http/history-range.js';
import { ProblemError } from '../../../server/http/problem-error.js';

const hourMs = 3_600_000;
const now = 2_000_000_000_000;

describe('the range of a history', () => {
  it('ends now and begins some buckets before, where nothing is asked for', () => {
    expect(rangeOf({ bucket: 'hour' }, now)).to.deep.equal({
      from: now - 48 * hourMs,
      to: now,
      bucket: 'hour',
    });
  });

  it('covers two months of hours, and no more buckets than one answer may take', () => {
    const from = now - 62 * 24 * hourMs;
    expect(rangeOf({ bucket: 'hour', from, to: now, camera: 'door' }, now)).to.include({
      from,
      camera: 'door',
    });
    expect(() => rangeOf({ bucket: 'minute', from, to: now }, now))
      .to.throw(ProblemError, 'must be at most 1500 buckets apart; ask for a longer bucket')
      .with.property('status', 400);
  });

  it('does not end before it begins', () => {
    expect(() => rangeOf({ bucket: 'day', from: now, to: now - 1 }, now)).to.throw(ProblemError, '/from');
  });
});
