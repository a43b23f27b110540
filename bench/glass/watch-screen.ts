import type { Page } from 'playwright-core';
import { barcodeNumbers, barcodeReaderSource } from '../../test/helpers/barcode.js';

/** A picture that a page put on its screen. */
export interface ScreenPicture {
  readonly rtpTimestamp: number;
  /** From its painting at the webcam to the moment when the browser expected it to be seen; null where its barcode could not be read. */
  readonly glassToGlassMs: number | null;
  /** Where its boxes came from, as the dashboard tells. */
  readonly basis: string;
  /** How much older the analysed picture is that they come from. */
  readonly trailingMs: number;
}

/** Watches the video of a page for some seconds, each picture after the dashboard has drawn on it. */
export function watchScreen(page: Page, cameraId: string, seconds: number): Promise<ScreenPicture[]> {
  // As text, because it runs in the page, which knows nothing of this module.
  return page.evaluate<ScreenPicture[]>(`new Promise((resolve) => {
    const read = ${barcodeReaderSource};
    const video = document.querySelector('video');
    const context = new OffscreenCanvas(320, 180).getContext('2d', { willReadFrequently: true });
    const shown = [];
    let over = false;
    const look = (_now, { rtpTimestamp = -1, expectedDisplayTime }) => {
      context.drawImage(video, 0, 0, 320, 180);
      const paintedAt = read(context.getImageData(0, 0, 320, 180), 4);
      const seenAt = performance.timeOrigin + expectedDisplayTime;
      const last = window.maskwatchDiagnostics.overlay(${JSON.stringify(cameraId)})?.last;
      const drawn = last?.rtpTimestamp === rtpTimestamp ? last : undefined;
      shown.push({
        rtpTimestamp,
        // On the circle of the barcode's numbers, from half of it before to half of it after.
        glassToGlassMs: paintedAt === undefined ? null
          : ((seenAt - paintedAt + ${barcodeNumbers * 1.5}) % ${barcodeNumbers}) - ${barcodeNumbers / 2},
        basis: drawn?.basis ?? 'none',
        trailingMs: drawn?.trailingMs ?? 0,
      });
      if (over) resolve(shown);
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
    setTimeout(() => { over = true; }, ${seconds * 1000});
  })`);
}
