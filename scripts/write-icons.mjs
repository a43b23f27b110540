/**
 * Draws the icons of the installed dashboard from its favicon, into client/public/icons:
 * `node scripts/write-icons.mjs`, after every change of client/public/favicon.svg.
 */
import { mkdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';

const folder = new URL('../client/public/', import.meta.url);
const drawing = await readFile(new URL('favicon.svg', folder), 'utf8');
const [, ground, sign] = /^<svg[^>]*>(<rect[^>]*\/>)(.*)<\/svg>\s*$/s.exec(drawing) ?? [];
if (ground === undefined || sign === undefined)
  throw new Error('favicon.svg is not a ground with a sign on it');

// A system cuts a maskable icon to its own shape: nothing outside the middle 80 % is sure to be seen.
const fullGround = ground.replace(/ rx="\d+"/, '');
const inTheMiddle = `<g transform="translate(16 16) scale(.8) translate(-16 -18)">${sign}</g>`;
const maskable = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${fullGround}${inTheMiddle}</svg>`;

const icons = [
  ['icon-192.png', drawing, 192],
  ['icon-512.png', drawing, 512],
  ['maskable-192.png', maskable, 192],
  ['maskable-512.png', maskable, 512],
  ['apple-touch-icon.png', maskable, 180],
];
await mkdir(new URL('icons/', folder), { recursive: true });
for (const [name, svg, side] of icons) {
  // The drawing has 32 units; 72 dots an inch make one dot of a unit.
  await sharp(Buffer.from(svg), { density: (72 * side) / 32 })
    .resize(side, side)
    .png({ compressionLevel: 9, palette: true })
    .toFile(new URL(`icons/${name}`, folder).pathname);
}
