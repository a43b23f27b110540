import type { Page } from 'playwright-core';
import type { Box } from '../../models/image.js';
import { barcodeReaderSource } from './barcode.js';

/** How the boxes met the pictures of one camera, as the page tells it: `client/src/diagnostics.ts`. */
export interface OverlayAccount {
  readonly counters: Readonly<Record<'presented' | 'received' | 'exact' | 'interpolated', number>>;
}

/** What a page had on screen at one moment. */
export interface ShownPicture {
  /** Frame number read from the picture itself; null where it could not be read. */
  readonly number: number | null;
  /** The browser's own name of the picture; -1 where it told none. */
  readonly rtpTimestamp: number;
  readonly drawn: {
    readonly rtpTimestamp: number;
    readonly basis: string;
    /** In fractions of the picture. */
    readonly boxes: readonly { readonly box: Box }[];
  } | null;
}

/** Waits until the overlay of a camera (of the first one where none is named) is as a condition wants it. */
export async function untilOverlay(
  page: Page,
  meets: (account: OverlayAccount) => boolean,
  cameraId?: string,
  timeoutMs = 90_000,
): Promise<void> {
  const id = cameraId === undefined ? 'window.maskwatchDiagnostics.cameraIds()[0]' : JSON.stringify(cameraId);
  const end = Date.now() + timeoutMs;
  for (;;) {
    const account = await page.evaluate<OverlayAccount | null>(
      `window.maskwatchDiagnostics?.overlay(${id}) ?? null`,
    );
    if (account !== null && meets(account)) return;
    if (Date.now() > end) throw new Error(`the overlay never was as hoped for: ${JSON.stringify(account)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Watches the pictures of a page's video as they are presented, each after the dashboard has drawn on it.
 *
 * @param count pictures to watch
 */
export function watchPictures(page: Page, cameraId: string, count: number): Promise<ShownPicture[]> {
  // As text, because it runs in the page, which knows nothing of this module.
  return page.evaluate<ShownPicture[]>(`new Promise((resolve, reject) => {
    const read = ${barcodeReaderSource};
    const video = document.querySelector('video');
    if (video === null) { reject(new Error('the page has no video')); return; }
    const context = new OffscreenCanvas(320, 180).getContext('2d', { willReadFrequently: true });
    const shown = [];
    const look = (_now, metadata) => {
      context.drawImage(video, 0, 0, 320, 180);
      shown.push({
        number: read(context.getImageData(0, 0, 320, 180), 4) ?? null,
        rtpTimestamp: metadata.rtpTimestamp ?? -1,
        drawn: window.maskwatchDiagnostics.overlay(${JSON.stringify(cameraId)})?.last ?? null,
      });
      if (shown.length < ${count}) video.requestVideoFrameCallback(look);
      else resolve(shown);
    };
    video.requestVideoFrameCallback(look);
  })`);
}
