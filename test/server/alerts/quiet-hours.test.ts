import { expect } from 'chai';
import fc from 'fast-check';
import { isQuiet, isTimeZone } from '../../../server/alerts/quiet-hours.js';

const madrid = { from: '22:00', to: '06:00', timeZone: 'Europe/Madrid' };

describe('quiet hours', () => {
  it('go over midnight, by the clock of their time zone in summer and winter', () => {
    expect(isQuiet(madrid, Date.parse('2026-01-10T21:30:00Z'))).to.equal(true);
    expect(isQuiet(madrid, Date.parse('2026-01-10T20:59:00Z'))).to.equal(false);
    expect(isQuiet(madrid, Date.parse('2026-07-10T20:00:00Z'))).to.equal(true);
    expect(isQuiet(madrid, Date.parse('2026-07-11T03:59:00Z'))).to.equal(true);
    expect(isQuiet(madrid, Date.parse('2026-07-11T04:00:00Z'))).to.equal(false);
  });

  it('belong to the day on which they begin', () => {
    // 2026-01-09 is a Friday.
    const friday = { ...madrid, days: [5] };
    expect(isQuiet(friday, Date.parse('2026-01-09T22:00:00Z'))).to.equal(true);
    expect(isQuiet(friday, Date.parse('2026-01-10T04:00:00Z'))).to.equal(true);
    expect(isQuiet(friday, Date.parse('2026-01-10T22:00:00Z'))).to.equal(false);
    expect(isQuiet(friday, Date.parse('2026-01-09T04:00:00Z'))).to.equal(false);
  });

  it('last a whole day where they end when they begin', () => {
    const always = { from: '08:00', to: '08:00', timeZone: 'UTC' };
    fc.assert(fc.property(fc.integer({ min: 0, max: 2e12 }), (at) => isQuiet(always, at)));
  });

  it('are the complement of the hours between their end and their start', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const zone = fc.constantFrom('UTC', 'Europe/Madrid', 'America/St_Johns', 'Pacific/Auckland');
    fc.assert(
      fc.property(time, time, zone, fc.integer({ min: 0, max: 2e12 }), (from, to, timeZone, at) => {
        fc.pre(from !== to);
        expect(isQuiet({ from, to, timeZone }, at)).to.equal(!isQuiet({ from: to, to: from, timeZone }, at));
      }),
    );
  });

  it('know which time zones exist', () => {
    expect([isTimeZone('Europe/Madrid'), isTimeZone('Mars/Olympus')]).to.deep.equal([true, false]);
  });
});
