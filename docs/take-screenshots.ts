import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/helpers/browser.js';
import { faceClip, fakeCameraFile } from '../test/helpers/media.js';
import { untilOverlay } from '../test/helpers/overlay-probe.js';
import { startServer } from '../test/helpers/server-process.js';

// `npm run screenshots`: starts the product with the demo camera and takes the pictures of these pages. All faces come
// from the sample photographs of @vladmandic/face-api (MIT).

const desktop = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

const server = await startServer();
const browser = await launchBrowser(await fakeCameraFile({ people: 2 }));

async function open(path: string, viewport: typeof desktop, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 1 });
  await page.goto(server.url + path);
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join('docs', `${name}.png`) });
  await page.close();
}

try {
  const hall = await faceClip({ seconds: 8, fps: 15, width: 1280, height: 720, people: 3 });
  await server.send('POST', '/api/cameras', { name: 'Entrance hall', url: hall, loop: true });
  for (const scheme of ['light', 'dark'] as const) {
    const wall = await open('/', desktop, scheme);
    await untilOverlay(wall, ({ counters }) => counters.exact > 60, 'demo');
    await shoot(wall, `wall-${scheme}`);
  }
  const small = await open('/', phone, 'dark');
  await untilOverlay(small, ({ counters }) => counters.exact > 30, 'demo');
  await shoot(small, 'wall-phone');

  for (const [name, viewport] of [
    ['camera', desktop],
    ['camera-phone', phone],
  ] as const) {
    const camera = await open('/camera/demo', viewport, 'light');
    await untilOverlay(camera, ({ counters }) => counters.exact > 40, 'demo');
    await shoot(camera, name);
  }

  const adding = await open('/', desktop, 'light');
  await adding.getByRole('button', { name: 'Add camera' }).first().click();
  const form = adding.getByTestId('camera-form');
  await form.getByLabel('Name').fill('Side door');
  await form.getByLabel('Address').fill(hall);
  await form.getByRole('button', { name: 'Check address' }).click();
  await adding.getByTestId('probe').getByText(/works/).waitFor({ timeout: 30_000 });
  await shoot(adding, 'add-camera');

  const webcam = await open('/publish', desktop, 'light');
  await webcam.getByRole('button', { name: 'Start sending' }).click();
  await webcam.getByTestId('publish-state').waitFor();
  await untilOverlayReceived(webcam);
  await shoot(webcam, 'webcam');
} finally {
  await browser.close();
  await server.dispose();
}

async function untilOverlayReceived(page: Page): Promise<void> {
  await untilOverlay(page, ({ counters }) => counters.received > 20);
  // The counts beside the picture come once a second.
  await page.waitForTimeout(2500);
}
