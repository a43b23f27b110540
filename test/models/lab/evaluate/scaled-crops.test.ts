import { expect } from 'chai';
import { withScaledCrops } from '../../../../models/lab/evaluate/scaled-crops.js';
import type { FaceCrop, MaskClassifier } from '../../../../models/mask-classifier.js';

describe('Crops at scaled boxes', () => {
  const image = { width: 100, height: 100, data: new Uint8Array(30_000) };

  function recorded(): { readonly seen: FaceCrop[]; readonly classifier: MaskClassifier } {
    const seen: FaceCrop[] = [];
    const classifier: MaskClassifier = {
      name: 'recorded',
      classify(crops) {
        seen.push(...crops);
        return Promise.resolve([]);
      },
      close() {
        seen.length = 0;
      },
    };
    return { seen, classifier };
  }

  it('keep their centre and their shape', async () => {
    const { seen, classifier } = recorded();
    const crops = [{ image, box: { x: 40, y: 30, width: 20, height: 40 } }];
    await withScaledCrops(classifier, 0.5).classify(crops);
    await withScaledCrops(classifier, 1.25).classify(crops);
    expect(seen.map(({ box }) => box)).to.deep.equal([
      { x: 45, y: 40, width: 10, height: 20 },
      { x: 37.5, y: 25, width: 25, height: 50 },
    ]);
  });

  it('leave a picture that is a face alone, and close what they wrap', async () => {
    const { seen, classifier } = recorded();
    const scaled = withScaledCrops(classifier, 0.5);
    await scaled.classify([{ image }]);
    expect(seen).to.deep.equal([{ image }]);
    expect(scaled.name).to.equal('recorded');
    scaled.close();
    expect(seen).to.deep.equal([]);
  });
});
