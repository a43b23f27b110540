import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { useServices } from '../services.js';
import type { PlotColumns } from '../state/plot-columns.js';

/**
 * Draws a chart of bars and a line into an element, as large as the element is, in the colours of the theme.
 *
 * @param options made anew when `key`, the theme or the language changes
 * @param columns undefined until there is something to draw
 */
export function usePlot(
  options: (element: HTMLElement) => uPlot.Options,
  key: unknown,
  columns: PlotColumns | undefined,
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
    if (!columns) return;
    const [at, bars, line] = columns;
    chart.current?.setData([[...at], [...bars], [...line]]);
  }, [columns, key, revision, strings, locale]);

  return holder;
}
