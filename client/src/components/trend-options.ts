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
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const bars = uPlot.paths.bars;
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: Math.max(1, element.clientWidth),
    height: Math.max(1, element.clientHeight),
    padding: large ? [10, 8, 0, 0] : [3, 0, 1, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      ratio: { range: [0, 1.02] },
      people: { range: (_chart, _min, max) => [0, Math.max(4, max)] },
    },
    axes: large
      ? [
          {
            ...axis,
            size: 30,
            values: (_chart, seconds) => seconds.map((at) => label(at * 1000, locale)),
          },
          {
            ...axis,
            scale: 'ratio',
            size: 52,
            splits: [0, 0.25, 0.5, 0.75, 1],
            values: (_chart, ratios) => ratios.map((ratio) => formatRatio(ratio, locale)),
          },
        ]
      : [{ show: false }, { show: false }],
    series: [
      {},
      {
        label: names[0],
        scale: 'people',
        stroke: colour('--chart-bar'),
        fill: colour('--chart-bar'),
        width: 0,
        points: { show: false },
        ...(bars && { paths: bars({ size: [0.7, 24] }) }),
      },
      {
        label: names[1],
        scale: 'ratio',
        stroke: colour('--chart-line'),
        width: 2,
        points: { show: large, size: 5 },
        spanGaps: false,
      },
    ],
  };
}
