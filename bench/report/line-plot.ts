/** Points of one kind, and the line that was laid through them. */
export interface PlotSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** `y = intercept + slope * x`. */
  readonly line?: { readonly intercept: number; readonly slope: number };
}

/** A picture of how one figure follows another. */
export interface LinePlot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly PlotSeries[];
}

const width = 640;
const height = 360;
const margin = { left: 64, right: 16, top: 40, bottom: 48 } as const;
const colours = ['#1a6f8f', '#b4541a', '#4d7a1f'] as const;

/** Draws a plot as an SVG picture that can be read on light and dark pages. */
export function plotSvg({ title, x, y, series }: LinePlot): string {
  const points = series.flatMap((each) => each.points);
  const [stepX, topX] = axis(Math.max(0, ...points.map(([at]) => at)));
  const [stepY, topY] = axis(Math.max(0, ...points.map(([, value]) => value)));
  const px = (value: number): string =>
    (margin.left + (value / topX) * (width - margin.left - margin.right)).toFixed(1);
  const py = (value: number): string =>
    (height - margin.bottom - (value / topY) * (height - margin.top - margin.bottom)).toFixed(1);
  const rules = steps(stepY, topY).map(
    (at) =>
      `<path d="M${px(0)} ${py(at)}H${px(topX)}" stroke="#8886"/>` +
      `<text x="${margin.left - 8}" y="${py(at)}" dy="4" text-anchor="end">${at}</text>`,
  );
  const marks = steps(stepX, topX).map(
    (at) => `<text x="${px(at)}" y="${height - margin.bottom + 18}" text-anchor="middle">${at}</text>`,
  );
  const drawn = series.map((each, index) => {
    const colour = colours[index % colours.length] ?? colours[0];
    const line = each.line;
    const end = Math.max(0, ...each.points.map(([at]) => at));
    const laid =
      line === undefined
        ? ''
        : `<path d="M${px(0)} ${py(line.intercept)}L${px(end)} ${py(line.intercept + line.slope * end)}" ` +
          `stroke="${colour}" stroke-width="1.5" stroke-dasharray="5 4"/>`;
    const dots = each.points.map(
      ([at, value]) => `<circle cx="${px(at)}" cy="${py(value)}" r="4" fill="${colour}"/>`,
    );
    const key = `<text x="${margin.left + 10}" y="${margin.top + 14 + 18 * index}" fill="${colour}">${escaped(each.name)}</text>`;
    return [laid, ...dots, key].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13" fill="#777">`,
    `<text x="${width / 2}" y="22" text-anchor="middle" font-size="15">${escaped(title)}</text>`,
    ...rules,
    ...marks,
    `<text x="${width / 2}" y="${height - 8}" text-anchor="middle">${escaped(x)}</text>`,
    `<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

/** A round step for about five marks, and the end of the axis. */
function axis(most: number): [step: number, top: number] {
  if (most <= 0) return [1, 1];
  const power = 10 ** Math.floor(Math.log10(most / 5));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * 6 >= most) ?? power * 10;
  return [step, Math.ceil(most / step) * step];
}

function steps(step: number, top: number): number[] {
  return Array.from({ length: Math.round(top / step) + 1 }, (_, n) => Number((n * step).toPrecision(6)));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
