import { escapeText } from '../escape-text.js';
import type { EpochResult } from './checkpoint.js';

const [width, height, gap] = [360, 240, 44];

interface Line {
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

/** Draws loss and accuracy over the epochs, training and validation, as one SVG picture. */
export function curvesSvg(title: string, history: readonly EpochResult[]): string {
  const take = (pick: (e: EpochResult) => number): number[] => history.map(pick);
  const loss: Line[] = [
    { name: 'training', colour: '#0072b2', values: take((e) => e.loss) },
    { name: 'validation', colour: '#d55e00', values: take((e) => e.validationLoss) },
  ];
  const accuracy: Line[] = [
    { name: 'training', colour: '#0072b2', values: take((e) => e.accuracy) },
    { name: 'validation', colour: '#d55e00', values: take((e) => e.validationAccuracy) },
    { name: 'validation macro recall', colour: '#009e73', values: take((e) => e.validationMacroRecall) },
  ];
  const most = Math.max(0.1, ...loss.flatMap((line) => line.values.filter(Number.isFinite)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width * 2 + gap * 3}" height="${height + gap * 2}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="${gap}" y="20" font-size="14">${escapeText(title)}</text>`,
    panel(gap, 'loss', loss, most),
    panel(gap * 2 + width, 'accuracy', accuracy, 1),
    '</svg>',
    '',
  ].join('\n');
}

function panel(left: number, name: string, lines: readonly Line[], most: number): string {
  const top = gap;
  const parts = [`<g transform="translate(${left} ${top})">`];
  for (let i = 0; i <= 4; i++) {
    const y = (height * i) / 4;
    parts.push(`<path d="M0 ${y}H${width}" stroke="#ddd"/>`);
    parts.push(`<text x="-6" y="${y + 4}" text-anchor="end">${((most * (4 - i)) / 4).toFixed(2)}</text>`);
  }
  lines.forEach(({ name: label, colour, values }, i) => {
    const points = values.map((value, at) => {
      const x = values.length < 2 ? width / 2 : (width * at) / (values.length - 1);
      return `${x.toFixed(1)},${(height * (1 - Math.min(value, most) / most)).toFixed(1)}`;
    });
    parts.push(`<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    parts.push(
      `<text x="${width - 4}" y="${height - 8 - 14 * i}" text-anchor="end" fill="${colour}">${label}</text>`,
    );
  });
  parts.push(
    `<text x="${width / 2}" y="${height + 24}" text-anchor="middle">${name} by epoch</text>`,
    '</g>',
  );
  return parts.join('\n');
}
