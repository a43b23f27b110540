import { expect } from 'chai';
import { DisposablePictures } from '../../../streams/decode/disposable-pictures.js';

/** Reference pictures every `step` ticks, from 0 on. */
function fed(step: number, count = 20): { pictures: DisposablePictures; last: number } {
  const pictures = new DisposablePictures();
  for (let index = 0; index < count; index += 1) pictures.reference(index * step);
  return { pictures, last: (count - 1) * step };
}

describe('pictures that nothing refers to', () => {
  it('may go while the others come as often as asked for', () => {
    const { pictures, last } = fed(7200);
    expect(pictures.mayGo(last + 3600, 12.5)).to.equal(true);
    expect(pictures.mayGo(last + 3600, 5)).to.equal(true);
  });

  it('stay when the others come more seldom than asked for', () => {
    const { pictures, last } = fed(7200);
    expect(pictures.mayGo(last + 3600, 15)).to.equal(false);
    pictures.reference(last + 14_400);
    expect(pictures.mayGo(last + 18_000, 12.5)).to.equal(false);
  });

  it('stay until enough is known, when the others fail to come, and when the timestamps began anew', () => {
    expect(fed(7200, 10).pictures.mayGo(9 * 7200 + 3600, 5)).to.equal(false);
    const { pictures, last } = fed(7200);
    expect(pictures.mayGo(last + 9000, 10)).to.equal(false);
    expect(pictures.mayGo(last - 3600, 10)).to.equal(false);
    pictures.reference(50);
    expect(pictures.mayGo(3650, 10)).to.equal(false);
  });
});
