import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import sharp from 'sharp';
import { findNearDuplicates } from '../../../../models/lab/data/near-duplicates.js';
import {
  hashDistance,
  hashOfGrey,
  perceptualHash,
  popCount,
} from '../../../../models/lab/data/perceptual-hash.js';
import { duplicateBits, groupPictures } from '../../../../models/lab/data/picture-groups.js';
import { createRandom } from '../../../../models/lab/random.js';

const word = fc.integer({ min: 0, max: 0xffffffff });

function randomHash(seed: number): Uint32Array {
  const random = createRandom(seed);
  return Uint32Array.from({ length: 8 }, () => random.below(2 ** 32));
}

/** A picture of soft random clouds, 96x96. */
async function writeClouds(path: string, seed: number): Promise<void> {
  const random = createRandom(seed);
  const data = Uint8Array.from({ length: 8 * 8 * 3 }, () => random.below(256));
  await sharp(data, { raw: { width: 8, height: 8, channels: 3 } })
    .resize(96, 96, { kernel: 'cubic' })
    .png()
    .toFile(path);
}

describe('perceptual hashes', () => {
  it('count bits like the binary digits of a word', () => {
    fc.assert(
      fc.property(word, (n) => {
        expect(popCount(n)).to.equal(n.toString(2).replaceAll('0', '').length);
      }),
    );
  });

  it('are near for a picture that was rescaled and recompressed, and far for another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'maskwatch-hash-'));
    const [original, copy, other] = ['a.png', 'copy.jpg', 'b.png'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeClouds(original, 1);
    await writeClouds(other, 2);
    await sharp(original).resize(140, 130, { fit: 'fill' }).jpeg({ quality: 60 }).toFile(copy);
    const hash = await perceptualHash(original);
    expect(hashDistance(hash, await perceptualHash(copy))).to.be.at.most(duplicateBits);
    expect(hashDistance(hash, await perceptualHash(other))).to.be.greaterThan(duplicateBits);
    await rm(folder, { recursive: true });
  });

  it('set a bit where a cell is brighter than its right neighbour', () => {
    const grey = new Uint8Array(17 * 16);
    grey[0] = 9;
    const hash = hashOfGrey(grey);
    expect(hash[0]).to.equal(1);
    expect(hash.slice(1).every((w) => w === 0)).to.equal(true);
  });
});

describe('findNearDuplicates', () => {
  it('finds the pairs within the limit, and passes over unreadable pictures', () => {
    const first = randomHash(1);
    const near = Uint32Array.from(first);
    near[3] = (near[3] ?? 0) ^ 0b111;
    const pairs = findNearDuplicates([first, null, randomHash(2), near], 3);
    expect(pairs).to.deep.equal([{ first: 0, second: 3, distance: 3 }]);
    expect(findNearDuplicates([first, near], 2)).to.deep.equal([]);
  });
});

describe('groupPictures', () => {
  it('joins pictures by scene, by cluster and by looks', () => {
    const pictures = [
      'ilc2021_aa_0_000001.jpg',
      'ilc2021_bb_1_000002.jpg',
      'web_1_000003.jpg',
      'web_2_000004.jpg',
      'web_3_000005.jpg',
    ].map((file) => ({ file, label: 'mask' as const }));
    const hashes = [randomHash(1), randomHash(2), randomHash(2), randomHash(4), randomHash(5)];
    const clusters = new Map([
      ['aa', 'cluster 7'],
      ['bb', 'cluster 7'],
    ]);
    const { groups } = groupPictures(pictures, hashes, clusters);
    expect(groups).to.deep.equal(['cluster 7', 'cluster 7', 'cluster 7', 'web_2', 'web_3']);
  });
});
