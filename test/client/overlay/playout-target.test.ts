import { expect } from 'chai';
import { playoutTarget } from '../../../client/src/overlay/playout-target.js';

describe('playoutTarget', () => {
  it('is what the server asks for while analysis is quick', () => {
    expect(playoutTarget(400, 400, 90)).to.equal(400);
    expect(playoutTarget(400, 400, undefined)).to.equal(400);
  });

  it('grows with a slow analysis, up to three seconds', () => {
    expect(playoutTarget(400, 400, 720)).to.equal(900);
    expect(playoutTarget(400, 900, 9000)).to.equal(3000);
  });

  it('does not jerk for a small change, and comes back when analysis is quick again', () => {
    expect(playoutTarget(400, 1000, 700)).to.equal(1000);
    expect(playoutTarget(400, 1000, 350)).to.equal(500);
    expect(playoutTarget(400, 500, 100)).to.equal(400);
  });
});
