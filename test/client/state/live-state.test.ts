import { expect } from 'chai';
import fc from 'fast-check';
import type { DurableEvents } from '../../../server/realtime/events.js';
import {
  addVisits,
  applySnapshot,
  dropCamera,
  emptyState,
  reducers,
  type LiveState,
} from '../../../client/src/state/live-state.js';
import { camera, counts, visit } from './views.js';

type Change = DurableEvents['camera']['change'];
const cameraEvent = (id: string, change: Change, name = id): DurableEvents['camera'] => ({
  v: 1,
  cursor: 'x',
  at: 1,
  change,
  camera: camera(id, { name }),
});

describe('The live state', () => {
  it('adds, changes and removes cameras as the events say', () => {
    let state = reducers.camera(emptyState, cameraEvent('door', 'added'));
    state = reducers.camera(state, cameraEvent('door', 'changed', 'Front door'));
    expect(state.cameras.get('door')?.name).to.equal('Front door');
    state = reducers.counts(state, counts('door', 1, { mask: 1 }));
    state = reducers.camera(state, cameraEvent('door', 'removed'));
    expect(state).to.deep.equal(emptyState);
  });

  it('does not go back to counts that a later reading has overtaken', () => {
    let state = reducers.counts(emptyState, counts('door', 20, { mask: 2 }));
    state = reducers.counts(state, counts('door', 10, { mask: 1 }));
    expect(state.counts.get('door')?.inView.mask).to.equal(2);
  });

  it('keeps one row for a visit, which an older event does not reopen', () => {
    let state = reducers.visit(emptyState, { v: 1, cursor: 'a', at: 1, visit: visit('v1', 10) });
    state = addVisits(state, 'door', [visit('v1', 10, { lastSeenAt: 30, ended: true, state: 'no_mask' })]);
    state = reducers.visit(state, { v: 1, cursor: 'a', at: 1, visit: visit('v1', 10, { lastSeenAt: 40 }) });
    expect(state.visits.get('door')).to.deep.equal([
      visit('v1', 10, { lastSeenAt: 30, ended: true, state: 'no_mask' }),
    ]);
  });

  it('lists visits newest first and no more than a hundred of a camera', () => {
    const many = Array.from({ length: 150 }, (_, index) => visit(`v${index}`, index));
    const listed = addVisits(emptyState, 'door', many).visits.get('door') ?? [];
    expect(listed).to.have.length(100);
    expect(listed[0]?.firstSeenAt).to.equal(149);
  });

  it('is replaced by a fresh reading, in which removed cameras are gone', () => {
    let state = reducers.camera(emptyState, cameraEvent('old', 'added'));
    state = addVisits(state, 'old', [visit('v', 1, { cameraId: 'old' })]);
    state = applySnapshot(state, {
      cameras: [camera('door')],
      counts: [counts('door', 5, { mask: 1 })],
      zones: [],
      alerts: [],
    });
    expect([...state.cameras.keys()]).to.deep.equal(['door']);
    expect(state.visits.size).to.equal(0);
    expect(dropCamera(state, 'door').counts.size).to.equal(0);
  });

  it('is the same whether events are applied once or, as a replay may, twice', () => {
    const event = fc.oneof(
      fc.nat(50).map((at) => ({ kind: 'counts' as const, event: counts('door', at, { mask: at }) })),
      fc.nat(5).map((id) => ({
        kind: 'visit' as const,
        event: { v: 1 as const, cursor: 'x', at: 1, visit: visit(`v${id}`, id, { ended: id % 2 === 0 }) },
      })),
    );
    const apply = (state: LiveState, item: { kind: string; event: unknown }): LiveState =>
      item.kind === 'counts'
        ? reducers.counts(state, item.event as DurableEvents['counts'])
        : reducers.visit(state, item.event as DurableEvents['visit']);
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const once = events.reduce(apply, emptyState);
        expect(events.reduce((state, item) => apply(apply(state, item), item), emptyState)).to.deep.equal(
          once,
        );
      }),
    );
  });
});
