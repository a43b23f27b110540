import { expect } from 'chai';
import {
  connected,
  eventApplied,
  notStarted,
  stateRead,
  subscribed,
} from '../../../client/src/live/resume.js';

const reply = (gap: boolean) => ({ ok: true as const, cursor: 'c9', replayed: 4, gap });
const event = (cursor: string) => ({ v: 1 as const, cursor, at: 1 });

describe('Getting in step with the server', () => {
  it('reads the state first, then subscribes from where it was true', () => {
    const first = connected(notStarted);
    expect(first.step).to.deep.equal({ do: 'read' });
    const second = stateRead(first.state, 'c5');
    expect(second.step).to.deep.equal({ do: 'subscribe', cursor: 'c5' });
    const third = subscribed(second.state, reply(false));
    expect(third.step).to.deep.equal({ do: 'follow', replayed: 4 });
    expect(third.state.cursor).to.equal('c9');
  });

  it('asks after a loss for what came after the last event, without reading', () => {
    const state = eventApplied({ cursor: 'c5', gapsInARow: 0 }, event('c7'));
    expect(connected(state).step).to.deep.equal({ do: 'subscribe', cursor: 'c7' });
  });

  it('reads afresh when the server no longer knows the cursor', () => {
    const { state, step } = subscribed({ cursor: 'c5', gapsInARow: 0 }, reply(true));
    expect(step).to.deep.equal({ do: 'read' });
    expect(connected(state).step).to.deep.equal({ do: 'read' });
  });

  it('gives up after three gaps in a row instead of reading for ever', () => {
    let state = notStarted;
    const steps = [1, 2, 3].map(() => {
      const resumed = subscribed(stateRead(state, 'c1').state, reply(true));
      state = resumed.state;
      return resumed.step.do;
    });
    expect(steps).to.deep.equal(['read', 'read', 'fail']);
  });

  it('passes on why the server refuses', () => {
    const { step } = subscribed(notStarted, {
      ok: false,
      error: { code: 'bad-request', message: 'no such kind' },
    });
    expect(step).to.deep.equal({ do: 'fail', message: 'no such kind' });
  });
});
