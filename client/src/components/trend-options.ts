import uPlot from 'uplot';
import { formatRatio } from '../format/numbers.js';
import { formatTime } from '../format/times.js';

/** A time on the axis, in epoch milliseconds, as text. */
export type TimeLabel = (epochMs: number, locale: string) => string;

/**
 * How a trend is drawn: series 1 is people (bars), series 2, drawn over it, compliance (0..1, line).
 *
 * @param element gives the size, and by its style sheet the colours
 * @param large with axes
 * @param names of the two series
 * @param label of the times on the axis
 */
export function trendOptions(
  element: HTMLElement,
  large: boolean,
  names: readonly [string, string],
  locale: string,
  label: TimeLabel = formatTime,
): uPlot.Options {
  return {
    ...frameOf(element, large),
    scales: {
      ratio: { range: [0, 1.02] },
      people: { range: (_chart, _min, max) => [0, Math.max(4, max)] },
    },
    axes: large
      ? [
          timeAxis(element, locale, label),
          {
            ...axisOf(element),
            scale: 'ratio',
            size: 52,
            splits: [0, 0.25, 0.5, 0.75, 1],
            values: (_chart, ratios) => ratios.map((ratio) => formatRatio(ratio, locale)),
          },
        ]
      : [{ show: false }, { show: false }],
    series: [{}, barSeries(element, names[0], 'people'), lineSeries(element, names[1], 'ratio', large)],
  };
}

/**
 * How two amounts of one unit are drawn, with axes: series 1 as bars, series 2 as a line over them.
 *
 * @param element gives the size, and by its style sheet the colours
 * @param names of the two series
 * @param format of an amount on the axis
 * @param label of the times on the axis
 */
export function amountOptions(
  element: HTMLElement,
  names: readonly [string, string],
  format: (amount: number) => string,
  locale: string,
  label: TimeLabel,
): uPlot.Options {
  return {
    ...frameOf(element, true),
    scales: { amount: { range: (_chart, _min, max) => [0, Math.max(1, max * 1.05)] } },
    axes: [
      timeAxis(element, locale, label),
      {
        ...axisOf(element),
        scale: 'amount',
        size: 68,
        values: (_chart, amounts) => amounts.map(format),
      },
    ],
    series: [{}, barSeries(element, names[0], 'amount'), lineSeries(element, names[1], 'amount', true)],
  };
}

function frameOf(
  element: HTMLElement,
  large: boolean,
): Pick<uPlot.Options, 'width' | 'height' | 'padding' | 'legend' | 'cursor'> {
  return {
    width: Math.max(1, element.clientWidth),
    height: Math.max(1, element.clientHeight),
    padding: large ? [10, 8, 0, 0] : [3, 0, 1, 0],
    legend: { show: false },
    cursor: { show: false },
  };
}

function timeAxis(element: HTMLElement, locale: string, label: TimeLabel): uPlot.Axis {
  return {
    ...axisOf(element),
    size: 30,
    values: (_chart, seconds) => seconds.map((at) => label(at * 1000, locale)),
  };
}

function axisOf(element: HTMLElement): uPlot.Axis {
  return {
    stroke: colourOf(element, '--muted'),
    grid: { stroke: colourOf(element, '--line'), width: 1 },
    ticks: { show: false },
  };
}

function barSeries(element: HTMLElement, label: string, scale: string): uPlot.Series {
  const bars = uPlot.paths.bars;
  const colour = colourOf(element, '--chart-bar');
  return {
    label,
    scale,
    stroke: colour,
    fill: colour,
    width: 0,
    points: { show: false },
    ...(bars && { paths: bars({ size: [0.7, 24] }) }),
  };
}

function lineSeries(element: HTMLElement, label: string, scale: string, points: boolean): uPlot.Series {
  return {
    label,
    scale,
    stroke: colourOf(element, '--chart-line'),
    width: 2,
    points: { show: points, size: 5 },
    spanGaps: false,
  };
}

function colourOf(element: HTMLElement, name: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}
