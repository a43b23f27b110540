import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { useServices } from '../services.js';
import type { TrendSeries } from '../state/trend-series.js';

/**
 * Draws a trend into an element, as large as the element is, in the colours of the theme.
 *
 * @param options made anew when `key`, the theme or the language changes
 * @param series undefined until there is something to draw
 */
export function usePlot(
  options: (element: HTMLElement) => uPlot.Options,
  key: unknown,
  series: TrendSeries | undefined,
): RefObject<HTMLDivElement | null> {
  const { strings, locale, theme } = useServices();
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const revision = theme.revision.value;

  useEffect(() => {
    const element = holder.current;
    if (!element) return undefined;
    const made = new uPlot(options(element), [[], [], []], element);
    chart.current = made;
    const resizing = new ResizeObserver(() => {
      made.setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    resizing.observe(element);
    return () => {
      resizing.disconnect();
      made.destroy();
    };
    // The colours are read from the style sheet when the chart is made, so a change of theme makes it anew.
  }, [key, revision, strings, locale]);

  useEffect(() => {
    if (series) chart.current?.setData([[...series.at], [...series.people], [...series.compliance]]);
  }, [series, key, revision, strings, locale]);

  return holder;
}
