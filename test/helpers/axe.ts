import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe may complain about: WCAG 2.2 up to level AA, and what its authors hold to be good practice. */
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules whose outcome depends on theme and width; the others need to run only once a page. */
export const lookRules = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/**
 * Serious and critical findings of axe on a page as it is, each with the elements it is about.
 *
 * @param rules only these; all of WCAG where absent
 * @param within CSS selector of the part that is looked at
 */
export async function seriousFindings(
  page: Page,
  rules?: readonly string[],
  within = 'html',
): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([tags, only, part]) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(part, {
        resultTypes: ['violations'],
        runOnly: only === undefined ? { type: 'tag', values: tags } : { type: 'rule', values: only },
        rules: { 'target-size': { enabled: true } },
      }),
    [wcag, rules === undefined ? undefined : [...rules], within] as const,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
