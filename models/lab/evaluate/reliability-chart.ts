import type { Calibration } from './calibration.js';
import { unitChart } from './curve-chart.js';

/** How sure a model was against how often it was right, as an SVG picture. */
export function reliabilityChart({ bins, error }: Calibration): string {
  const points = bins.flatMap(({ confidence, accuracy }) =>
    confidence === null || accuracy === null ? [] : [{ x: confidence, y: accuracy }],
  );
  return unitChart(
    `Reliability, calibration error ${error?.toFixed(3) ?? '-'}`,
    { x: 'how sure', y: 'how often right' },
    [{ name: 'answers', points }],
    true,
  );
}
