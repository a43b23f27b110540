import { type Browser, chromium } from 'playwright-core';

/** Where Debian puts the browser that tests use. */
export const chromiumPath = '/usr/bin/chromium';

/**
 * Starts a real headless browser.
 *
 * @param fakeCamera a motion JPEG file that pages get as their webcam, without being asked
 */
export function launchBrowser(fakeCamera?: string): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      ...(fakeCamera === undefined ? [] : [`--use-file-for-fake-video-capture=${fakeCamera}`]),
    ],
  });
}
