import type { Page } from 'playwright-core';

/**
 * Writes down what a page complains of: uncaught errors, and every error that the browser's console shows, violations of
 * the content security policy among them, each with the path that it is about.
 *
 * @param complaints where they are written
 * @param expected those that a test provokes; read each time, so that it may grow
 */
export function hearComplaints(page: Page, complaints: string[], expected: readonly RegExp[] = []): void {
  const hear = (text: string): void => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  page.on('pageerror', (error) => hear(String(error)));
  page.on('console', (message) => {
    const policy = message.text().includes('Content Security Policy');
    if (message.type() !== 'error' && !policy) return;
    const { url } = message.location();
    hear(`${message.text()} at ${URL.canParse(url) ? new URL(url).pathname : url}`);
  });
}
