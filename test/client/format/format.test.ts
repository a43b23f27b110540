import { expect } from 'chai';
import { formatCount, formatRatio } from '../../../client/src/format/numbers.js';
import { formatDuration, formatTime } from '../../../client/src/format/times.js';

describe('Numbers', () => {
  it('show no value as a dash, not as a percentage', () => {
    expect(formatRatio(null, 'en')).to.equal('–');
  });

  it('do not round up to all or down to none', () => {
    expect(formatRatio(0.999, 'en')).to.equal('99%');
    expect(formatRatio(0.001, 'en')).to.equal('1%');
    expect(formatRatio(1, 'en')).to.equal('100%');
    expect(formatRatio(0, 'en')).to.equal('0%');
  });

  it('follow the language', () => {
    expect(formatCount(12_345, 'en')).to.equal('12,345');
    expect(formatCount(12_345, 'de')).to.equal('12.345');
  });
});

describe('Times', () => {
  it('show a stay in its two largest units', () => {
    expect([-5, 45_000, 60_000, 125_000, 3_780_000, 7_200_000].map(formatDuration)).to.deep.equal([
      '0 s',
      '45 s',
      '1 min',
      '2 min 5 s',
      '1 h 3 min',
      '2 h',
    ]);
  });

  it('show seconds where asked for', () => {
    const at = new Date(2026, 0, 2, 13, 4, 5).getTime();
    expect(formatTime(at, 'de')).to.equal('13:04');
    expect(formatTime(at, 'de', true)).to.equal('13:04:05');
  });
});
