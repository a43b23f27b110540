import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { RgbImage } from '../../../models/image.js';
import type { MaskLabel } from '../../../models/mask-classifier.js';
import type { ResultFace, ResultPicture } from './result-line.js';

/** Colour and dash pattern of a state, apart for all common kinds of colour vision (Okabe and Ito). */
const looks: Readonly<
  Record<MaskLabel, { readonly colour: string; readonly ink: string; readonly dash: string }>
> = {
  mask: { colour: '#0072b2', ink: '#fff', dash: '' },
  no_mask: { colour: '#d55e00', ink: '#000', dash: '10 5' },
  incorrect: { colour: '#f0e442', ink: '#000', dash: '12 4 2 4' },
  unknown: { colour: '#b9bec4', ink: '#000', dash: '2 4' },
};

/** Writes a picture with its faces framed and named as JPEG. @returns the path */
export async function writeAnnotated(
  folder: string,
  result: ResultPicture,
  { width, height, data }: RgbImage,
): Promise<string> {
  const path = join(folder, annotatedName(result));
  await mkdir(dirname(path), { recursive: true });
  await sharp(data, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(framesSvg(width, height, result.faces)) }])
    .jpeg({ quality: 90 })
    .toFile(path);
  return path;
}

/**
 * Where the annotated picture lies below the folder: as the input was called, `.jpg` behind it; a folder with a picture a
 * frame for videos and cameras. Never outside the folder, whatever the input was called.
 */
export function annotatedName({ file, frame }: Pick<ResultPicture, 'file' | 'frame'>): string {
  const parts = file
    .split(/[\\/]+/)
    .map((part) => part.replace(/[^\p{L}\p{N}._ -]/gu, '_'))
    .filter((part) => !/^[. ]*$/.test(part));
  const name = parts.length > 0 ? join(...parts) : 'picture';
  return frame === undefined ? `${name}.jpg` : join(name, `${String(frame).padStart(6, '0')}.jpg`);
}

/** An SVG of the frames; names stand above their box, or inside where there is no room. */
function framesSvg(width: number, height: number, faces: readonly ResultFace[]): string {
  const stroke = Math.max(2, Math.round(Math.max(width, height) / 400));
  const text = Math.max(12, stroke * 6);
  const drawn = faces.map(({ x, y, width: w, height: h, label, probabilities }) => {
    const { colour, ink, dash } = looks[label];
    const sure = Math.round(100 * Math.max(...Object.values(probabilities)));
    const words = label === 'unknown' ? label : `${label} ${sure} %`;
    const top = y > text * 1.4 ? y - text * 1.4 : y;
    return [
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${colour}" stroke-width="${stroke}" stroke-dasharray="${dash}"/>`,
      `<rect x="${x}" y="${top}" width="${words.length * text * 0.6}" height="${text * 1.4}" fill="${colour}"/>`,
      `<text x="${x + text * 0.3}" y="${top + text}" font-family="sans-serif" font-size="${text}" fill="${ink}">${words}</text>`,
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${drawn.join('')}</svg>`;
}
