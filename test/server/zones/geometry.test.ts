import { expect } from 'chai';
import fc from 'fast-check';
import {
  areaOf,
  crossesItself,
  distanceToOutline,
  isInside,
  type Point,
  segmentsMeet,
  sideOf,
  staysInside,
} from '../../../server/zones/geometry.js';
import { type LineStand, stepOverLine } from '../../../server/zones/line-watch.js';

const coordinate = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000);
const point = fc.record({ x: coordinate, y: coordinate });
/** Corners in the order of their angle around the middle: never crosses itself. */
const starShape = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 359 }), fc.integer({ min: 100, max: 450 })), {
    minLength: 3,
    maxLength: 20,
  })
  .map((corners) =>
    [...new Map(corners).entries()]
      .sort(([a], [b]) => a - b)
      .map(([degrees, radius]) => ({
        x: 0.5 + (Math.cos((degrees * Math.PI) / 180) * radius) / 1000,
        y: 0.5 + (Math.sin((degrees * Math.PI) / 180) * radius) / 1000,
      })),
  )
  .filter((corners) => corners.length >= 3 && hasMiddle(corners));

/** Whether no gap between two neighbouring corners is half a turn or more, so that the middle lies inside. */
function hasMiddle(corners: readonly Point[]): boolean {
  const angles = corners.map(({ x, y }) => Math.atan2(y - 0.5, x - 0.5)).sort((a, b) => a - b);
  return angles.every((angle, index) => {
    const next = angles[index + 1] ?? (angles[0] ?? 0) + 2 * Math.PI;
    return next - angle < Math.PI - 0.01;
  });
}

const square: Point[] = [
  { x: 0.2, y: 0.2 },
  { x: 0.8, y: 0.2 },
  { x: 0.8, y: 0.8 },
  { x: 0.2, y: 0.8 },
];

describe('zone geometry', () => {
  it('agrees with a rectangle on what is inside', () => {
    fc.assert(
      fc.property(point, ({ x, y }) => {
        const [near, inside] = [distanceToOutline(square, { x, y }) < 1e-9, isInside(square, { x, y })];
        expect(near || inside === (x > 0.2 && x < 0.8 && y > 0.2 && y < 0.8)).to.equal(true);
      }),
    );
  });

  it('tells the same whatever corner a polygon begins with and whichever way it goes round', () => {
    fc.assert(
      fc.property(starShape, point, fc.nat(20), (shape, at, turn) => {
        fc.pre(distanceToOutline(shape, at) > 1e-9);
        const turned = shape.map((_, index) => shape[(index + turn) % shape.length] ?? at);
        expect(isInside(turned, at)).to.equal(isInside(shape, at));
        expect(isInside([...shape].reverse(), at)).to.equal(isInside(shape, at));
      }),
    );
  });

  it('finds the middle of a star shape inside, and what is outside the picture outside', () => {
    fc.assert(
      fc.property(starShape, (shape) => {
        expect(isInside(shape, { x: 0.5, y: 0.5 })).to.equal(true);
        expect(isInside(shape, { x: 1.5, y: 0.5 })).to.equal(false);
        expect(crossesItself(shape)).to.equal(false);
        expect(areaOf(shape)).to.be.greaterThan(0);
      }),
    );
  });

  it('finds polygons that cross themselves or fold back', () => {
    const [a, b, c, d] = square as [Point, Point, Point, Point];
    expect(crossesItself([a, c, b, d])).to.equal(true);
    expect(crossesItself([a, b, a, c])).to.equal(true);
    expect(crossesItself([a, b, { x: 0.4, y: 0.2 }, c])).to.equal(true);
    expect(crossesItself([a, { x: 0.5, y: 0.2 }, b, c])).to.equal(false);
    expect(crossesItself([a, b, c])).to.equal(false);
  });

  it('lets nobody out before he is farther away than the margin', () => {
    fc.assert(
      fc.property(starShape, point, (shape, at) => {
        const inside = isInside(shape, at);
        expect(staysInside(shape, at, false, 0.05)).to.equal(inside);
        const near = distanceToOutline(shape, at) <= 0.05;
        expect(staysInside(shape, at, true, 0.05)).to.equal(inside || near);
      }),
    );
  });

  it('knows left from right and whether two segments meet, both ways round', () => {
    expect(sideOf({ x: 0.5, y: 1 }, { x: 0.5, y: 0 }, { x: 0.9, y: 0.5 })).to.be.closeTo(0.4, 1e-9);
    fc.assert(
      fc.property(point, point, point, point, (a, b, c, d) => {
        expect(segmentsMeet(a, b, c, d)).to.equal(segmentsMeet(d, c, b, a));
        if (segmentsMeet(a, b, c, d) && sideOf(a, b, c) !== 0) {
          expect(sideOf(a, b, c) * sideOf(a, b, d)).to.be.at.most(0);
        }
      }),
    );
  });

  it('counts crossings so that forward minus backward is where the walker ended up', () => {
    // A line over the whole height: nobody can go round it.
    const line = [
      { x: 0.5, y: 2 },
      { x: 0.5, y: -1 },
    ] as const;
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (path) => {
        let stand: LineStand | undefined;
        let first: LineStand | undefined;
        const count = { forward: 0, backward: 0 };
        for (const at of path) {
          const step = stepOverLine(line, stand, at, 0.02);
          stand = step.stand;
          first ??= stand;
          if (step.way !== undefined) count[step.way] += 1;
        }
        const moved = ((stand?.side ?? 0) - (first?.side ?? 0)) / 2;
        expect(count.forward - count.backward).to.equal(moved);
        expect(Math.abs(count.forward - count.backward)).to.be.at.most(1);
      }),
    );
  });

  it('counts nothing for who trembles on a line or walks round its end', () => {
    const line = [
      { x: 0.5, y: 0.8 },
      { x: 0.5, y: 0.2 },
    ] as const;
    const walk = (path: readonly Point[]) => {
      let stand: LineStand | undefined;
      return path.flatMap((at) => {
        const step = stepOverLine(line, stand, at, 0.02);
        stand = step.stand;
        return step.way ?? [];
      });
    };
    const tremble = [0.4, 0.49, 0.51, 0.495, 0.515, 0.505].map((x) => ({ x, y: 0.5 }));
    expect(walk(tremble)).to.deep.equal([]);
    expect(walk([...tremble, { x: 0.6, y: 0.5 }])).to.deep.equal(['forward']);
    const round = [
      { x: 0.4, y: 0.5 },
      { x: 0.4, y: 0.05 },
      { x: 0.6, y: 0.05 },
      { x: 0.6, y: 0.5 },
    ];
    expect(walk(round)).to.deep.equal([]);
  });
});
