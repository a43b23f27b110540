import { expect } from 'chai';
import sharp from 'sharp';
import { annotatedName, writeAnnotated } from '../../../../server/cli/classify/annotate.js';
import { temporaryFolder } from '../../../models/helpers/temporary-folder.js';

describe('Annotated pictures', () => {
  it('lie below the folder, whatever the input was called', () => {
    expect(annotatedName({ file: 'more/a b.png' })).to.equal('more/a b.png.jpg');
    expect(annotatedName({ file: '../../etc/passwd' })).to.equal('etc/passwd.jpg');
    expect(annotatedName({ file: '/tmp/x.jpg' })).to.equal('tmp/x.jpg.jpg');
    expect(annotatedName({ file: 'https://a.example/x?y=1' })).to.equal('https_/a.example/x_y_1.jpg');
    expect(annotatedName({ file: 'clip.mp4', frame: 7 })).to.equal('clip.mp4/000007.jpg');
    expect(annotatedName({ file: '..' })).to.equal('picture.jpg');
  });

  it('have a frame in the colour of the state around each face', async () => {
    const data = new Uint8Array(100 * 80 * 3).fill(255);
    const face = { x: 30, y: 30, width: 40, height: 40, score: 1, detectorScore: 1, label: 'mask' } as const;
    const probabilities = { mask: 0.9, no_mask: 0.1, incorrect: 0 };
    const result = { file: 'a.png', width: 100, height: 80, faces: [{ ...face, probabilities }] };
    const path = await writeAnnotated(temporaryFolder(), result, { width: 100, height: 80, data });
    const { data: drawn, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).to.deep.equal([100, 80]);
    const at = (x: number, y: number): number[] => [
      ...drawn.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3),
    ];
    const [red = 255, , blue = 0] = at(30, 60);
    expect(blue - red, 'a blue edge').to.be.greaterThan(60);
    expect(Math.min(...at(50, 55)), 'the face is not covered').to.be.greaterThan(220);
  });
});
