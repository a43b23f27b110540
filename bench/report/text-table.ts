import type { ResultTable } from '../benchmark.js';

/** A table for a terminal: columns aligned, figures to the right. */
export function textTable({ head, rows }: ResultTable): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => pad(cell, widths[column] ?? 0)).join('  ');
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** The same in Markdown. */
export function markdownTable({ head, rows }: ResultTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function pad(cell: string, width: number): string {
  return /^[\d.,]/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
}
