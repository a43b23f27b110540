import { expect } from 'chai';
import fc from 'fast-check';
import type { MaskLabel } from '../../../models/mask-classifier.js';
import type { Zone } from '../../../server/http/zone-api.js';
import type { PeopleCounts } from '../../../server/realtime/events.js';
import { addZoneDeltas } from '../../../server/storage/zone-minute-store.js';
import { CameraZones, wholePicture } from '../../../server/zones/camera-zones.js';
import { noZoneDelta, type ZoneChange, type ZoneDelta } from '../../../server/zones/zone-change.js';
import { track, tracksAt } from '../../helpers/people.js';

const area: Zone = {
  id: 'door',
  name: 'Door',
  kind: 'area',
  anchor: 'centre',
  points: [
    { x: 0.5, y: 0 },
    { x: 1, y: 0 },
    { x: 1, y: 1 },
    { x: 0.5, y: 1 },
  ],
};
const line: Zone = {
  id: 'gate',
  name: 'Gate',
  kind: 'line',
  anchor: 'centre',
  points: [
    { x: 0.5, y: 1 },
    { x: 0.5, y: 0 },
  ],
};
const nobody: PeopleCounts = { mask: 0, no_mask: 0, incorrect: 0, unknown: 0 };
const start = 1_700_000_040_000;

/** Sums of all changes by zone and flow. */
class Totals {
  readonly #sums = new Map<string, ZoneDelta>();
  readonly zones = new CameraZones();
  #ms = 0;

  constructor(...drawn: Zone[]) {
    this.zones.draw(drawn, this.now);
  }

  get now() {
    return { epochMs: start + this.#ms, monotonicMs: this.#ms };
  }

  add(changes: readonly ZoneChange[]): void {
    for (const { zoneId, flow, delta } of changes) {
      const key = `${zoneId} ${flow}`;
      this.#sums.set(key, addZoneDeltas(this.#sums.get(key) ?? noZoneDelta, delta));
    }
  }

  /** One frame, 100 ms after the last, with people by their place across the picture. */
  see(people: Readonly<Record<string, number | readonly [number, MaskLabel]>>, ended: string[] = []): this {
    this.#ms += 100;
    const at = { firstSeenMs: 0, lastSeenMs: this.#ms };
    const tracks = Object.entries(people).map(([id, where]) => {
      const [x, label] = typeof where === 'number' ? ([where, 'mask'] as const) : where;
      return track(id, { ...at, label, box: { x: x * 640 - 15, y: 160, width: 30, height: 40 } });
    });
    const gone = ended.map((id) => ({ ...track(id, at), changes: 0 }));
    this.add(this.zones.accept(tracksAt(this.#ms, tracks, { ended: gone }), this.now));
    return this;
  }

  of(zoneId: string, flow = 'entered'): ZoneDelta {
    return this.#sums.get(`${zoneId} ${flow}`) ?? noZoneDelta;
  }
}

describe('the zones of a camera', () => {
  it('count a person once a stay, however often he comes and goes', () => {
    const totals = new Totals(area).see({ a: 0.2 }).see({ a: 0.7 }).see({ a: 0.2 }).see({ a: 0.7, b: 0.8 });
    expect(totals.of('door').people).to.deep.equal({ ...nobody, mask: 2 });
    expect(totals.zones.inside('door')).to.deep.equal({ ...nobody, mask: 2 });
    expect(totals.zones.inside(wholePicture)).to.deep.equal({ ...nobody, mask: 2 });
    totals.see({ b: 0.8 }, ['a']);
    expect(totals.zones.inside('door')).to.deep.equal({ ...nobody, mask: 1 });
    expect(totals.of('door').people).to.deep.equal({ ...nobody, mask: 2 });
  });

  it('follow the vote, also after the person went out of the zone', () => {
    const totals = new Totals(area, line);
    totals.see({ a: [0.2, 'unknown'] }).see({ a: [0.7, 'unknown'] });
    expect(totals.of('door').people).to.deep.equal({ ...nobody, unknown: 1 });
    expect(totals.of('gate', 'forward').people).to.deep.equal({ ...nobody, unknown: 1 });
    totals.see({ a: [0.7, 'no_mask'] });
    expect(totals.of('door').people).to.deep.equal({ ...nobody, no_mask: 1 });
    expect(totals.of('gate', 'forward').people).to.deep.equal({ ...nobody, no_mask: 1 });
    totals.see({ a: [0.2, 'mask'] });
    expect(totals.of('door').people).to.deep.equal({ ...nobody, mask: 1 });
    expect(totals.of('gate', 'forward').people).to.deep.equal({ ...nobody, mask: 1 });
    expect(totals.of('gate', 'backward').people).to.deep.equal({ ...nobody, mask: 1 });
  });

  it('do not flicker on the edge', () => {
    const totals = new Totals(area).see({ a: 0.51 }).see({ a: 0.496 }).see({ a: 0.505 }).see({ a: 0.497 });
    expect(totals.zones.inside('door')).to.deep.equal({ ...nobody, mask: 1 });
    expect(totals.of('door').stays).to.equal(0);
    totals.see({ a: 0.4 });
    expect(totals.of('door')).to.include({ stays: 1, dwellMs: 300, occupancyMax: 1 });
  });

  it('measure occupancy, dwell and watched time', () => {
    const totals = new Totals(area).see({ a: 0.7 });
    for (let frame = 0; frame < 10; frame++) totals.see({ a: 0.7, b: 0.8 });
    expect(totals.of('door')).to.include({ watchedMs: 1000, occupancyMax: 2, stays: 0 });
    expect(totals.of('door').occupancyMs).to.equal(100 + 9 * 200);
    totals.add(totals.zones.interrupt(totals.now));
    expect(totals.of('door')).to.include({ stays: 2, dwellMs: 1000 + 900 });
    expect(totals.zones.inside('door')).to.deep.equal(nobody);
    expect(totals.zones.watched).to.equal(false);
  });

  it('let go of a person who was not seen for some seconds, and of all when frames stop', () => {
    const totals = new Totals(area).see({ a: 0.7, b: 0.7 });
    for (let frame = 0; frame < 31; frame++) totals.see({ b: 0.7 });
    expect(totals.zones.inside('door')).to.deep.equal({ ...nobody, mask: 1 });
    totals.add(totals.zones.endStale({ epochMs: start, monotonicMs: 9e6 }));
    expect(totals.zones.inside('door')).to.deep.equal(nobody);
  });

  it('leave unconfirmed tracks and frames of an older life alone', () => {
    const totals = new Totals(area);
    const box = { x: 500, y: 100, width: 30, height: 40 };
    const young = tracksAt(100, [track('a', { confirmed: false, box })], { generation: 2 });
    totals.add(totals.zones.accept(young, totals.now));
    totals.add(totals.zones.accept(tracksAt(200, [track('b', { box })]), totals.now));
    expect(totals.of('door').people).to.deep.equal(nobody);
  });

  it('keep the people of a zone whose shape is drawn anew, and drop those of one that is gone', () => {
    const totals = new Totals(area).see({ a: 0.7 });
    totals.add(totals.zones.draw([{ ...area, name: 'Other' }], totals.now));
    totals.see({ a: 0.7 });
    expect(totals.of('door').people).to.deep.equal({ ...nobody, mask: 1 });
    totals.add(totals.zones.draw([], totals.now));
    expect(totals.zones.inside('door')).to.equal(undefined);
    expect(totals.of('door').stays).to.equal(1);
  });

  it('never count anybody twice nor lose anybody, whatever the tracks do', () => {
    const person = fc.tuple(
      // Not on the edge itself, where both answers are right.
      fc.integer({ min: 0, max: 999 }).map((x) => (x + 0.5) / 1000),
      fc.constantFrom<MaskLabel>('mask', 'no_mask', 'incorrect', 'unknown'),
    );
    const frame = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), person);
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 40 }), (frames) => {
        const totals = new Totals(area, line);
        const last = new Map<string, MaskLabel>();
        const wasInside = new Set<string>();
        for (const people of frames) {
          totals.see(people);
          for (const [id, [x, label]] of Object.entries(people)) {
            last.set(id, label);
            if (x > 0.5) wasInside.add(id);
          }
        }
        const expected: Record<MaskLabel, number> = { ...nobody };
        for (const id of wasInside) expected[last.get(id) ?? 'unknown'] += 1;
        expect(totals.of('door').people).to.deep.equal(expected);
        const all = Object.values(totals.of('').people).reduce((sum, count) => sum + count, 0);
        expect(all).to.equal(last.size);
        expect(Math.min(...Object.values(totals.of('gate', 'forward').people))).to.be.at.least(0);
      }),
      { numRuns: 200 },
    );
  });
});
