import { expect } from 'chai';
import { labelOrder, maskLooks } from '../../../client/src/overlay/mask-look.js';

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

describe('The look of the mask states', () => {
  it('differs in colour, in line and in icon', () => {
    const looks = labelOrder.map((label) => maskLooks[label]);
    for (const part of ['colour', 'icon'] as const)
      expect(new Set(looks.map((look) => look[part])).size).to.equal(4);
    expect(new Set(looks.map((look) => look.dash.join())).size).to.equal(4);
  });

  it('has a contrast of at least 4.5 to 1 between word and ground', () => {
    for (const label of labelOrder) {
      const [a, b] = [luminance(maskLooks[label].colour), luminance(maskLooks[label].ink)];
      expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), label).to.be.at.least(4.5);
    }
  });
});
