import type { Page } from 'playwright-core';

/** How far a page reaches out to the right of its window, in CSS pixels. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/**
 * What does not fit into the window: how far the page reaches out and by which elements; the controls that the window, or a box
 * that cannot be scrolled, cuts off on the left or right; buttons and links whose words do not fit into them. What can be scrolled
 * into sight counts as there.
 */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const slack = 1;
    const width = document.documentElement.clientWidth;
    const name = (element) => element.outerHTML.slice(0, 160);
    const shown = (element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      element.closest('.visually-hidden, .skip-link') === null;
    /** The nearest box that cuts off what reaches out of it, and whether it can be scrolled. */
    const isCut = (element) => {
      const { left, right } = element.getBoundingClientRect();
      for (let box = element.parentElement; box !== null; box = box.parentElement) {
        const { overflowX } = getComputedStyle(box);
        if (overflowX === 'auto' || overflowX === 'scroll') return false;
        const edge = box.getBoundingClientRect();
        const hides = overflowX === 'hidden' || overflowX === 'clip';
        if (hides && (left < edge.left - slack || right > edge.right + slack)) return true;
      }
      return left < -slack || right > width + slack;
    };
    const hasCutWords = (element) =>
      ['A', 'BUTTON', 'SUMMARY'].includes(element.tagName) && element.scrollWidth > element.clientWidth + slack &&
      getComputedStyle(element).display !== 'inline';
    const found = [];
    const over = document.documentElement.scrollWidth - width;
    if (over > 0) {
      const wide = [...document.querySelectorAll('body *')].filter(shown)
        .filter((element) => element.getBoundingClientRect().right > width + slack && isCut(element));
      found.push('reaches out by ' + over + ' px: ' + wide.map(name).join(' '));
    }
    for (const element of document.querySelectorAll('a[href], button, select, input, textarea, summary')) {
      if (shown(element) && (isCut(element) || hasCutWords(element))) found.push('cut off: ' + name(element));
    }
    return found;
  })()`);
}
