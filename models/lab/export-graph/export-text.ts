import type { ExportReport, GraphPort } from './write-graph.js';

/** An export's report as text for a terminal. */
export function exportText(report: ExportReport): string {
  const { file, bytes, sha256, weights, signature, inputs, outputs, largestDifference } = report;
  const port = ({ name, type, shape, meaning }: GraphPort): string =>
    `  ${name}: ${type} ${shape}, ${meaning}`;
  return [
    `${file}: ${weights} as a frozen graph, ${(bytes / 1e6).toFixed(2)} MB, sha256 ${sha256}`,
    `signature ${signature}, tag serve`,
    'inputs',
    ...inputs.map(port),
    'outputs',
    ...outputs.map(port),
    largestDifference === null
      ? 'not compared with the layers: no engine here runs graphs'
      : `differs from the layers by ${largestDifference.toExponential(1)} at most`,
    '',
  ].join('\n');
}
