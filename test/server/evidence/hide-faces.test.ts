import { expect } from 'chai';
import fc from 'fast-check';
import { hideFaces } from '../../../server/evidence/hide-faces.js';

const side = fc.integer({ min: 1, max: 40 });
const boxOf = fc.record({
  x: fc.double({ min: -20, max: 50, noNaN: true }),
  y: fc.double({ min: -20, max: 50, noNaN: true }),
  width: fc.double({ min: 0, max: 60, noNaN: true }),
  height: fc.double({ min: 0, max: 60, noNaN: true }),
});

describe('hidden faces', () => {
  it('become few colours of few steps, and nothing far from them changes', () => {
    fc.assert(
      fc.property(
        side,
        side,
        boxOf,
        fc.integer({ min: 1, max: 3 }),
        fc.integer(),
        (width, height, box, tiles, seed) => {
          const before = Uint8Array.from(
            { length: width * height * 3 },
            (_, at) => (at * 7919 + seed) & 0xff,
          );
          const data = Uint8Array.from(before);
          hideFaces({ width, height, data }, [box], tiles);
          const colours = new Set<string>();
          for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
              const at = (y * width + x) * 3;
              const inside =
                x >= box.x && x + 1 <= box.x + box.width && y >= box.y && y + 1 <= box.y + box.height;
              const far =
                x + 1 < box.x - 0.35 * box.width - 1 ||
                x > box.x + 1.35 * box.width + 1 ||
                y + 1 < box.y - 0.35 * box.height - 1 ||
                y > box.y + 1.35 * box.height + 1;
              if (inside) colours.add([...data.subarray(at, at + 3)].join());
              if (far) expect([...data.subarray(at, at + 3)]).to.deep.equal([...before.subarray(at, at + 3)]);
            }
          }
          expect(colours.size).to.be.at.most(tiles * tiles);
          for (const value of [...colours].flatMap((colour) => colour.split(',').map(Number))) {
            expect(value % 32 === 0 || value === 255, String(value)).to.equal(true);
          }
        },
      ),
    );
  });
});
