import { expect } from 'chai';
import fc from 'fast-check';
import { type Act, calm, type MachineState, step } from '../../../server/alerts/alert-machine.js';

const patience = { forMs: 3000, clearAfterMs: 2000, cooldownMs: 10_000, updateEveryMs: 1000 };
type Sight = 'over' | 'between' | 'under';

/** Plays sights one second apart; what was done, with its second. */
function play(sights: readonly (Sight | { sight: Sight; quiet?: boolean; value?: number })[]): string[] {
  let state: MachineState = calm;
  return sights.flatMap((entry, second) => {
    const { sight, quiet = false, value = 1 } = typeof entry === 'string' ? { sight: entry } : entry;
    const reading = { over: sight === 'over', under: sight === 'under', value };
    const done = step(state, reading, patience, second * 1000, quiet);
    state = done.state;
    return done.act === undefined ? [] : [`${second} ${done.act}`];
  });
}
const repeat = <T>(entry: T, times: number): T[] => Array.from({ length: times }, () => entry);

describe('an alert rule at one place', () => {
  it('raises only when the condition held long enough, and clears only when it was gone long enough', () => {
    expect(play(['over', 'over', 'over', 'under', 'over', 'over', 'over', 'over'])).to.deep.equal([
      '7 raise',
    ]);
    expect(play([...repeat('over' as const, 4), 'under', 'over', 'under', 'under', 'under'])).to.deep.equal([
      '3 raise',
      '8 clear',
    ]);
  });

  it('changes nothing between its two limits', () => {
    expect(play([...repeat('over' as const, 4), ...repeat('between' as const, 50)])).to.deep.equal([
      '3 raise',
    ]);
    expect(play(repeat('between' as const, 50))).to.deep.equal([]);
  });

  it('rests after an alert that was told, and raises at the end of the rest where it still lasts', () => {
    const sights: Sight[] = [...repeat('over' as const, 4), ...repeat('under' as const, 3)];
    // Cleared in second 6, so the rest ends in second 16.
    expect(play([...sights, ...repeat('over' as const, 20)])).to.deep.equal([
      '3 raise',
      '6 clear',
      '16 raise',
    ]);
  });

  it('does not rest after an alert of quiet hours, and tells one that outlasts them', () => {
    const night = { sight: 'over' as const, quiet: true };
    const gone = { sight: 'under' as const, quiet: true };
    expect(play([...repeat(night, 4), ...repeat(gone, 3), ...repeat(night, 4)])).to.deep.equal([
      '3 raise',
      '6 clear',
      '10 raise',
    ]);
    expect(play([...repeat(night, 10), ...repeat('over' as const, 5)])).to.deep.equal([
      '3 raise',
      '10 update',
    ]);
  });

  it('tells when it gets worse, not more often than once in a while', () => {
    const values = [1, 1, 1, 1, 1, 2, 2, 1, 3];
    expect(play(values.map((value) => ({ sight: 'over' as const, value })))).to.deep.equal([
      '3 raise',
      '5 update',
      '8 update',
    ]);
  });

  it('keeps its rules whatever it sees', () => {
    const sight = fc.record({
      sight: fc.constantFrom<Sight>('over', 'between', 'under'),
      quiet: fc.boolean(),
      stepMs: fc.integer({ min: 0, max: 4000 }),
      value: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(sight, { maxLength: 200 }), (sights) => {
        let [state, nowMs, raised]: [MachineState, number, boolean] = [calm, 0, false];
        let [overSince, underSince]: (number | undefined)[] = [undefined, undefined];
        let toldMs = Number.NEGATIVE_INFINITY;
        for (const { sight: seen, quiet, stepMs, value } of sights) {
          nowMs += stepMs;
          overSince = seen === 'over' ? (overSince ?? nowMs) : undefined;
          underSince = seen === 'under' ? (underSince ?? nowMs) : undefined;
          const before = state;
          const reading = { over: seen === 'over', under: seen === 'under', value };
          const done: { state: MachineState; act?: Act } = step(state, reading, patience, nowMs, quiet);
          state = done.state;
          if (done.act === 'raise') {
            expect(raised).to.equal(false);
            expect(nowMs - (overSince ?? nowMs)).to.be.at.least(patience.forMs);
            expect(nowMs - toldMs).to.be.at.least(patience.cooldownMs);
            raised = true;
            if (!quiet) toldMs = nowMs;
          } else if (done.act === 'clear') {
            expect(raised).to.equal(true);
            expect(nowMs - (underSince ?? nowMs)).to.be.at.least(patience.clearAfterMs);
            raised = false;
            if (before.phase.name === 'raised' && !before.phase.quiet) toldMs = nowMs;
          } else if (done.act === 'update' && before.phase.name === 'raised') {
            if (before.phase.quiet && !quiet) toldMs = nowMs;
          }
          expect(state.phase.name === 'raised').to.equal(raised);
        }
      }),
      { numRuns: 300 },
    );
  });
});
