import { expect } from 'chai';
import { sumKpis } from '../../../client/src/state/kpis.js';
import { camera, counts } from './views.js';

describe('sumKpis', () => {
  it('has no compliance where nobody has a decided state', () => {
    const kpis = sumKpis([camera('door')], new Map([['door', counts('door', 1, { unknown: 3 })]]));
    expect(kpis.complianceNow).to.equal(null);
    expect(kpis.complianceToday).to.equal(null);
    expect(kpis.inView.unknown).to.equal(3);
  });

  it('sums people over cameras, not ratios', () => {
    const kpis = sumKpis(
      [camera('door'), camera('hall')],
      new Map([
        ['door', counts('door', 1, { mask: 1 })],
        ['hall', counts('hall', 1, { mask: 1, no_mask: 1, incorrect: 1, unknown: 9 })],
      ]),
    );
    expect(kpis.complianceNow).to.equal(0.5);
    expect(kpis.camerasLive).to.equal(2);
  });

  it('leaves what a camera saw before it went down out of "now" but not out of "today"', () => {
    const down = camera('door', { status: { state: 'retrying', reason: '401 from camera', reconnects: 1 } });
    const kpis = sumKpis(
      [down],
      new Map([['door', counts('door', 1, { mask: 2 }, { mask: 20, no_mask: 5 })]]),
    );
    expect(kpis.inView.mask).to.equal(0);
    expect(kpis.complianceNow).to.equal(null);
    expect(kpis.today.mask).to.equal(20);
    expect(kpis.complianceToday).to.equal(0.8);
    expect([kpis.camerasLive, kpis.camerasTotal]).to.deep.equal([0, 1]);
  });
});
