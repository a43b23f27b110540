import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom } from '../../../models/lab/random.js';
import type { Random } from '../../../models/lab/random.js';
import { temporaryFolder } from '../helpers/temporary-folder.js';

const maskTop = { mask: 44, no_mask: 200, incorrect: 64 } as const;

/** Writes `root/{mask,no_mask,incorrect}/<n>_0.png`: drawn heads with a mask high, low or absent, no photographs. */
export async function writeToyFaces(each: number, seed = 1): Promise<string> {
  const root = temporaryFolder();
  const random = createRandom(seed);
  for (const [label, top] of Object.entries(maskTop)) {
    await mkdir(join(root, label));
    for (let i = 0; i < each; i++) {
      await sharp(Buffer.from(head(top, random, i)))
        .removeAlpha()
        .png()
        .toFile(join(root, label, `${label}${i}_0.png`));
    }
  }
  return root;
}

/** A head of 96x96 as SVG; random background stripes keep any two of them from being near duplicates. */
function head(maskY: number, random: Random, number: number): string {
  const colour = (): string => `rgb(${[0, 0, 0].map(() => Math.floor(255 * random.uniform())).join(',')})`;
  const stripes = Array.from(
    { length: 8 },
    (_, i) => `<rect x="${i * 12}" width="12" height="${96 * random.uniform()}" fill="${colour()}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="${colour()}"/>
    ${stripes.join('')}<ellipse cx="48" cy="48" rx="28" ry="36" fill="#d9a47c"/>
    <circle cx="38" cy="38" r="4"/><circle cx="58" cy="38" r="4"/><rect x="45" y="44" width="6" height="12" fill="#a8734f"/>
    <rect x="22" y="${maskY + (number % 3)}" width="52" height="${84 - Math.min(84, maskY)}" fill="#3f7fd0"/></svg>`;
}
