import { escapeText } from '../escape-text.js';
import { perturbations } from './perturb-layers.js';
import type { Perturbation, PerturbationResult } from './perturb-layers.js';
import { perturbationTitles } from './robustness-text.js';

const [cellWidth, cellHeight, top, gap] = [40, 22, 64, 24];

/** Draws accuracy by layer and scalar, one map for each kind of disturbance, as one SVG picture. */
export function heatMapSvg(title: string, result: PerturbationResult): string {
  const { scalars, layers, baseline, faces } = result;
  const left = 20 + 7 * Math.max(0, ...layers.map(({ layer }) => layer.length));
  const mapWidth = scalars.length * cellWidth;
  const width = left + perturbations.length * (mapWidth + gap);
  const height = top + layers.length * cellHeight + 20;
  const heading = `${title}: accuracy in % by layer and scalar, ${(100 * baseline).toFixed(1)} undisturbed, ${faces} faces`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" font-family="sans-serif" font-size="12">`,
    `<title>${escapeText(heading)}</title>`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="10" y="20" font-size="14">${escapeText(heading)}</text>`,
    ...layers.map(
      ({ layer }, i) =>
        `<text x="${left - 8}" y="${top + i * cellHeight + 15}" text-anchor="end">${escapeText(layer)}</text>`,
    ),
    ...perturbations.map((perturbation, i) => map(left + i * (mapWidth + gap), perturbation, result)),
    '</svg>',
    '',
  ].join('\n');
}

function map(x: number, perturbation: Perturbation, { scalars, layers }: PerturbationResult): string {
  const middle = (column: number): number => column * cellWidth + cellWidth / 2;
  return [
    `<g transform="translate(${x} 0)">`,
    `<text x="0" y="40">${perturbationTitles[perturbation]}</text>`,
    ...scalars.map((scalar, c) => `<text x="${middle(c)}" y="58" text-anchor="middle">${scalar}</text>`),
    ...layers.flatMap((row, r) =>
      row[perturbation].map((accuracy, c) => {
        const y = top + r * cellHeight;
        const { fill, ink } = colours(accuracy);
        return (
          `<rect x="${c * cellWidth}" y="${y}" width="${cellWidth - 1}" height="${cellHeight - 1}" fill="${fill}"/>` +
          `<text x="${middle(c)}" y="${y + 15}" text-anchor="middle" fill="${ink}">${(100 * accuracy).toFixed(0)}</text>`
        );
      }),
    ),
    '</g>',
  ].join('\n');
}

/** From dark blue at 0 over teal to pale yellow at 1, in even steps of lightness, so that it also reads in grey. */
const stops = [
  [37, 52, 120],
  [34, 94, 168],
  [29, 145, 192],
  [127, 205, 187],
  [255, 255, 217],
] as const;

/** The colour of an accuracy, and one for figures on it. */
function colours(accuracy: number): { fill: string; ink: string } {
  const at = Math.max(0, Math.min(1, accuracy)) * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  const channel = (i: 0 | 1 | 2): number => {
    const [from, to] = [stops[low]?.[i] ?? 0, stops[low + 1]?.[i] ?? 0];
    return Math.round(from + (to - from) * (at - low));
  };
  return {
    fill: `rgb(${channel(0)},${channel(1)},${channel(2)})`,
    ink: accuracy > 0.6 ? '#111' : '#fff',
  };
}
