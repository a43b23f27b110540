import type { ModelList, ModelView } from '../../http/api.js';

/** A list of models for people: one line each, the active one marked with a star. */
export function modelListText({ models, history }: ModelList): string {
  const rows = models.map((model) => [
    model.active ? '*' : ' ',
    model.name,
    model.origin,
    ...figuresOf(model),
    model.problem ?? '',
  ]);
  const head = [' ', 'name', 'origin', 'architecture', 'parameters', 'test faces', 'macro recall', ''];
  const all = [head, ...rows];
  const widths = head.map((_, n) => Math.max(...all.map((row) => row[n]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((cell, n) => cell.padEnd(widths[n] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const before = history[1]?.name;
  return [...lines, ...(before === undefined ? [] : ['', `rollback would go back to ${before}`]), ''].join(
    '\n',
  );
}

function figuresOf({ facts, test }: ModelView): string[] {
  return [
    facts?.architecture ?? '-',
    facts?.parameters.toLocaleString('en-US') ?? '-',
    test?.faces.toLocaleString('en-US') ?? '-',
    test === undefined ? '-' : `${(100 * test.macroRecall).toFixed(1)} %`,
  ];
}
