import { expect } from 'chai';
import fc from 'fast-check';
import { shareFrames, Turns } from '../../../server/analysis/process/frame-budget.js';

const camera = fc.record({
  fps: fc.double({ min: 0.5, max: 30, noNaN: true }),
  costMs: fc.double({ min: 0, max: 200, noNaN: true }),
  watched: fc.boolean(),
});

/** Jain's index of fairness: 1 when all have the same, 1/n when one has all. */
function jain(values: readonly number[]): number {
  const sum = values.reduce((a, b) => a + b, 0);
  return sum ** 2 / (values.length * values.reduce((a, b) => a + b ** 2, 0));
}

describe('shareFrames', () => {
  it('gives what is asked for while there is time', () => {
    const cameras = [
      { fps: 10, costMs: 8, watched: true },
      { fps: 25, costMs: 8, watched: false },
    ];
    expect(shareFrames(cameras)).to.deep.equal([10, 25]);
    expect(shareFrames(cameras.map((one) => ({ ...one, costMs: 0 })))).to.deep.equal([10, 25]);
  });

  it('never gives more than is asked for, nor more time than there is', () => {
    fc.assert(
      fc.property(fc.array(camera, { minLength: 1, maxLength: 30 }), (cameras) => {
        const rates = shareFrames(cameras);
        const busyMs = rates.reduce((sum, fps, n) => sum + fps * (cameras[n]?.costMs ?? 0), 0);
        const floorMs = cameras.reduce((sum, { costMs }) => sum + 0.1 * costMs, 0);
        expect(busyMs).to.be.at.most(900 + floorMs + 1e-6);
        rates.forEach((fps, n) => expect(fps).to.be.within(0, (cameras[n]?.fps ?? 0) + 1e-9));
      }),
    );
  });

  it('leaves nothing over while a camera has less than it asks for', () => {
    fc.assert(
      fc.property(fc.array(camera, { minLength: 1, maxLength: 30 }), (cameras) => {
        const rates = shareFrames(cameras);
        const busyMs = rates.reduce((sum, fps, n) => sum + fps * (cameras[n]?.costMs ?? 0), 0);
        const hungry = rates.some((fps, n) => fps < (cameras[n]?.fps ?? 0) - 1e-9);
        if (hungry) expect(busyMs).to.be.at.least(900 - 1e-6);
      }),
    );
  });

  it('shares alike under overload, whatever a few cameras ask for less', () => {
    const rates = shareFrames([
      { fps: 1, costMs: 10, watched: true },
      ...Array.from({ length: 11 }, () => ({ fps: 15, costMs: 10, watched: true })),
    ]);
    expect(rates[0]).to.equal(1);
    expect(rates[1]).to.be.closeTo(89 / 11, 1e-9);
    expect(jain(rates.slice(1))).to.be.closeTo(1, 1e-9);
  });

  it('gives cameras with people or motion more, and stays fair', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 24 }), (watched) => {
        const rates = shareFrames(watched.map((one) => ({ fps: 30, costMs: 50, watched: one })));
        expect(jain(rates)).to.be.at.least(0.95);
        const of = (wanted: boolean) => rates.filter((_, n) => watched[n] === wanted);
        if (watched.includes(true) && watched.includes(false))
          expect(Math.min(...of(true))).to.be.above(Math.max(...of(false)));
      }),
    );
  });

  it('lets cameras whose frames cost nothing leave their time to the others', () => {
    const still = { fps: 8, costMs: 0.5, watched: false };
    const busy = { fps: 30, costMs: 30, watched: true };
    const [first, second] = shareFrames([busy, still, still, busy]);
    expect(second).to.equal(8);
    expect(first).to.be.closeTo((900 - 8) / 60, 1e-9);
  });
});

describe('Turns', () => {
  it('serves in turn, those with people or motion half as often again', () => {
    const turns = new Turns();
    const cameras = [true, false, true, false].map((watched) => ({ watched, turn: 0, served: 0 }));
    for (let n = 0; n < 500; n++) {
      for (const next of turns.next(cameras, 1)) {
        next.turn = turns.paid(next);
        next.served++;
      }
    }
    expect(cameras.map(({ served }) => served)).to.satisfy(([a = 0, b = 0, c = 0, d = 0]: number[]) =>
      [a - 150, b - 100, c - 150, d - 100].every((off) => Math.abs(off) <= 2),
    );
  });

  it('lets nobody save turns up', () => {
    const turns = new Turns();
    const busy = { watched: false, turn: 0 };
    const away = { watched: false, turn: 0 };
    for (let n = 0; n < 100; n++) busy.turn = turns.paid(busy);
    away.turn = turns.paid(away);
    expect(turns.next([busy, away], 1)).to.not.deep.equal([undefined]);
    expect(away.turn).to.be.at.least(99);
  });
});
