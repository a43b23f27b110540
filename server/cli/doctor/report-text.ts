import { styleText } from 'node:util';
import { visibleText } from '../../log/visible-text.js';
import type { Finding } from './finding.js';

const marks = { ok: '✓', warning: '!', missing: '✗', failed: '✗' } as const;
const colours = { ok: 'green', warning: 'yellow', missing: 'red', failed: 'red' } as const;

/**
 * The findings for a person: one line each, and below what is not well what to do about it.
 *
 * @param colour whether the marks have colours, for a terminal
 */
export function reportText(findings: readonly Finding[], colour: boolean): string {
  const width = Math.max(0, ...findings.map(({ name }) => name.length));
  const lines = findings.flatMap(({ name, state, detail, remedy }) => {
    const mark = colour ? styleText(colours[state], marks[state], { validateStream: false }) : marks[state];
    return [
      `${mark} ${name.padEnd(width)}  ${visibleText(detail)}`,
      ...(remedy === '' || state === 'ok' ? [] : [`  ${' '.repeat(width)}  → ${visibleText(remedy)}`]),
    ];
  });
  return [...lines, '', conclusion(findings)].join('\n');
}

function conclusion(findings: readonly Finding[]): string {
  const count = (...states: Finding['state'][]): number =>
    findings.filter(({ state }) => states.includes(state)).length;
  const bad = count('missing', 'failed');
  const warnings = count('warning');
  if (bad + warnings === 0) return 'All is well.';
  return `${bad} of ${findings.length} checks failed, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`;
}
