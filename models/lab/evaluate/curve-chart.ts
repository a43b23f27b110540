import { escapeText } from '../escape-text.js';
import type { CurveXY } from './class-curves.js';

/** A line of a chart. */
export interface ChartLine {
  readonly name: string;
  readonly points: readonly CurveXY[];
}

/** Colours that colour-blind people can tell apart (Okabe and Ito). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];
const side = 300;
const gap = 48;

/**
 * Draws lines over the unit square as an SVG picture.
 * @param diagonal whether to draw the line of equal values: chance in a ROC chart, belief in a reliability diagram
 */
export function unitChart(
  title: string,
  axes: { readonly x: string; readonly y: string },
  lines: readonly ChartLine[],
  diagonal: boolean,
): string {
  const at = ({ x, y }: CurveXY): string =>
    `${(gap + side * x).toFixed(1)},${(gap + side * (1 - y)).toFixed(1)}`;
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((value) => {
    const [left, right] = [at({ x: 0, y: value }), at({ x: 1, y: value })];
    return [
      `<polyline points="${left} ${right}" stroke="#ddd"/>`,
      `<text x="${gap - 6}" y="${gap + side * (1 - value) + 4}" text-anchor="end">${value}</text>`,
      `<text x="${gap + side * value}" y="${gap + side + 16}" text-anchor="middle">${value}</text>`,
    ];
  });
  const drawn = lines.flatMap(({ name, points }, i) => {
    const colour = colours[i % colours.length] ?? '#000';
    return [
      `<polyline points="${points.map(at).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      `<text x="${gap + side - 6}" y="${gap + side - 10 - 15 * i}" text-anchor="end" fill="${colour}">${escapeText(name)}</text>`,
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side + 2 * gap}" height="${side + 2 * gap}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="${gap}" y="24" font-size="14">${escapeText(title)}</text>`,
    ...grid,
    ...(diagonal
      ? [
          `<polyline points="${at({ x: 0, y: 0 })} ${at({ x: 1, y: 1 })}" stroke="#999" stroke-dasharray="4"/>`,
        ]
      : []),
    ...drawn,
    `<text x="${gap + side / 2}" y="${gap + side + 36}" text-anchor="middle">${escapeText(axes.x)}</text>`,
    `<text x="14" y="${gap + side / 2}" text-anchor="middle" transform="rotate(-90 14 ${gap + side / 2})">${escapeText(axes.y)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}
