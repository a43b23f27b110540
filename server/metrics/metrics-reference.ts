import type { MetricSources } from './metric-sources.js';
import { type DescribedMetric, Metrics } from './metrics.js';

/** The page of all metrics, as Markdown, made from the metrics themselves. */
export function metricsReference(): string {
  // Only the descriptions are asked for; the sources are never read.
  const metrics = new Metrics({} as MetricSources).described();
  const rows = (wanted: (name: string) => boolean): string[] => [
    '| metric | kind | labels | what |',
    '| --- | --- | --- | --- |',
    ...metrics.filter(({ name }) => wanted(name)).map(row),
  ];
  const ours = (name: string): boolean => name.startsWith('maskwatch_');
  return [
    '# Metrics',
    '',
    'What `GET /metrics` tells, in the text format of Prometheus. Units are seconds and bytes, ratios are 0..1, times are seconds of the',
    'epoch. A caller who may see some cameras only gets the series of these. [deploy](../deploy/README.md) has a scrape configuration,',
    'alerts and a dashboard that use them.',
    '',
    ...rows(ours),
    '',
    '## Of the serving process',
    '',
    ...rows((name) => !ours(name)),
    '',
    '`npm run interfaces` makes this page from the code.',
    '',
  ].join('\n');
}

function row({ name, kind, labels, help }: DescribedMetric): string {
  const names = labels.map((label) => `\`${label}\``).join(', ');
  return `| \`${name}\` | ${kind} | ${names} | ${help.replaceAll('|', String.raw`\|`)} |`;
}
