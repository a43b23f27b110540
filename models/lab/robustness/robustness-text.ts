import { columns } from '../evaluate/faces-text.js';
import { perturbations } from './perturb-layers.js';
import type { PerturbationResult } from './perturb-layers.js';
import type { LayerSensitivity } from './sensitivity.js';

/** What is done, as a heading says it. */
export const perturbationTitles = {
  multiply: 'weights multiplied by',
  add: 'added to the weights',
} as const;

/** The result as text for a terminal: a table for each kind of disturbance, and a summary. */
export function robustnessText(
  name: string,
  result: PerturbationResult,
  ranked: readonly LayerSensitivity[],
): string {
  const { faces, baseline, scalars, layers } = result;
  const percent = (value: number): string => (100 * value).toFixed(1);
  return [
    `${name}: accuracy ${percent(baseline)} % on ${faces} faces as it is`,
    '',
    ...perturbations.flatMap((perturbation) => [
      `Accuracy in %, ${perturbationTitles[perturbation]}`,
      columns([
        ['layer', ...scalars.map(String)],
        ...layers.map((row) => [row.layer, ...row[perturbation].map(percent)]),
      ]),
      '',
    ]),
    ...summaryLines(ranked),
    '',
  ].join('\n');
}

/** Names the most and the least sensitive layers, three of each at most. */
export function summaryLines(ranked: readonly LayerSensitivity[]): string[] {
  const some = Math.min(3, Math.ceil(ranked.length / 2));
  const list = (rows: readonly LayerSensitivity[]): string =>
    rows
      .map(({ layer, multiply, add }) => `${layer} (${points(multiply)} multiplied, ${points(add)} added)`)
      .join('; ');
  if (ranked.length === 0) return ['The network has no weights.'];
  return [
    'Mean loss of accuracy over all scalars, in percentage points',
    `Most sensitive: ${list(ranked.slice(0, some))}`,
    `Least sensitive: ${list(ranked.slice(-some).reverse())}`,
  ];
}

function points(value: number): string {
  return (Math.round(1000 * value) / 10 + 0).toFixed(1);
}
