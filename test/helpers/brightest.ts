import type { Page } from 'playwright-core';

/**
 * The brightest value, 0..255, of some columns of the video that a page shows, without its lowest sixth.
 *
 * @param from share of the width
 * @param to likewise
 */
export function brightest(page: Page, from: number, to: number): Promise<number> {
  return page.evaluate<number>(`(() => {
    const picture = document.querySelector('video');
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [picture.videoWidth, picture.videoHeight];
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const start = Math.round(${from} * canvas.width);
    const width = Math.round(${to} * canvas.width) - start;
    const { data } = context.getImageData(start, 0, width, Math.floor(canvas.height * 0.84));
    return data.reduce((most, value, index) => (index % 4 === 3 ? most : Math.max(most, value)), 0);
  })()`);
}
