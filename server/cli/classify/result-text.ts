import { visibleText } from '../../log/visible-text.js';
import type { ResultLine } from './result-line.js';

const columns = ['file', 'label', 'confidence', 'score', 'x', 'y', 'width', 'height'] as const;
const widths = [36, 10, 10, 7, 6, 6, 6, 6];

/** The line above a table of results. */
export const resultHeading = row(columns);

/** A result for people to read: a row for each face, or one that says why there is none. */
export function resultText(result: ResultLine): string {
  const name = visibleText(result.file);
  if ('error' in result) return `${row([name])} error: ${visibleText(result.error.message)}`;
  const file = result.frame === undefined ? name : `${name} #${result.frame}`;
  if (result.faces.length === 0) return row([file, 'no face']);
  return result.faces
    .map(({ label, probabilities, score, x, y, width, height }) => {
      const confidence = Math.max(...Object.values(probabilities));
      const numbers = [x, y, width, height].map((value) => value.toFixed(0));
      return row([file, label, confidence.toFixed(2), score.toFixed(2), ...numbers]);
    })
    .join('\n');
}

/** The first two columns to the left, numbers to the right. */
function row(cells: readonly string[]): string {
  return cells
    .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
    .join(' ')
    .trimEnd();
}
