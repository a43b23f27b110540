import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext } from 'playwright-core';
import { format, resolveConfig } from 'prettier';
import sharp from 'sharp';
import { build } from 'vite';
import { launchBrowser } from '../test/helpers/browser.js';
import { fileUnits } from '../test/helpers/clip-units.js';
import { faceClip, fakeCameraFile } from '../test/helpers/media.js';
import { RtspServer } from '../test/helpers/rtsp-server.js';
import { startServer } from '../test/helpers/server-process.js';
import { furnishSite } from './screenshots/furnish-site.js';
import { looks, pictureName, windows, type Look } from './screenshots/looks.js';
import { withPictureTable } from './screenshots/picture-table.js';
import { firstScenes, scenesOf, type Scene } from './screenshots/scenes.js';
import { seedHistory } from './screenshots/seed-history.js';

// `npm run screenshots`: builds the dashboard, starts the product with the demo camera and a made-up week, and takes the pictures
// of every page in docs/pictures/. With names of scenes as arguments it takes those alone. All faces come from the sample
// photographs of @vladmandic/face-api (MIT).

const docs = fileURLToPath(new URL('.', import.meta.url));
const admin = { name: 'ana', password: 'only in the pictures' };
const devices = ['desktop', 'phone'] as const;
const only = process.argv.slice(2);

/** Takes the pictures of a scene in a window, in both colour schemes. */
async function shoot(
  context: BrowserContext,
  url: string,
  scene: Scene,
  device: Look['device'],
): Promise<void> {
  const page = await context.newPage();
  try {
    page.setDefaultTimeout(60_000);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(url + scene.path, { waitUntil: 'networkidle' });
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
    await scene.prepare?.(page);
    for (const look of looks.filter((one) => one.device === device)) {
      await page.emulateMedia({ colorScheme: look.scheme });
      await page.evaluate('Promise.all([...document.images].map((image) => image.decode()))');
      // Charts are drawn anew when the scheme changes.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      await sharp(png)
        .webp({ quality: 80, effort: 6, smartSubsample: true })
        .toFile(join(docs, pictureName(scene.name, look)));
    }
  } finally {
    await page.close();
  }
}

/** Shoots scenes one after the other, each in every window; `state` is a signed-in browser's. */
async function shootAll(
  browser: Browser,
  url: string,
  scenes: readonly Scene[],
  state?: Awaited<ReturnType<BrowserContext['storageState']>>,
): Promise<void> {
  for (const scene of scenes.filter(({ name }) => only.length === 0 || only.includes(name))) {
    for (const device of devices) {
      const signedIn = state !== undefined && scene.as !== 'nobody' && { storageState: state };
      const context = await browser.newContext({ ...windows[device], locale: 'en-GB', ...signedIn });
      await shoot(context, url, scene, device).catch((error: unknown) => {
        throw new Error(`${scene.name}, ${device}: ${String(error)}`, { cause: error });
      });
      await context.close();
    }
    process.stdout.write(`${scene.name}\n`);
  }
}

const client = fileURLToPath(new URL('../client/vite.config.ts', import.meta.url));
await build({ configFile: client, logLevel: 'error' });
await mkdir(join(docs, 'pictures'), { recursive: true });
const dataFolder = await mkdtemp(join(tmpdir(), 'maskwatch-screenshots-'));
seedHistory(dataFolder, Date.now());
const configFile = join(dataFolder, 'config.yaml');
await writeFile(
  configFile,
  `site:
  name: Harbour Clinic
  purpose: To see whether masks are worn at the entrances, so that staff can hand some out where they are missing.
  contact: privacy@clinic.example
`,
);
const server = await startServer(['--config', configFile], dataFolder);
const size = { width: 640, height: 360, fps: 15 };
const camera = await RtspServer.start({
  units: await fileUnits(await faceClip({ seconds: 4, people: 2 }), size),
  fps: size.fps,
});
const browser = await launchBrowser(await fakeCameraFile({ people: 2 }));
try {
  const scenes = scenesOf(await furnishSite(server), camera.url());
  await shootAll(browser, server.url, firstScenes);
  const context = await browser.newContext();
  const headers = { origin: server.url };
  await context.request.post(`${server.url}/api/setup`, { data: admin, headers });
  await context.request.put(`${server.url}/api/onboarding`, { data: { step: 'done' }, headers });
  for (const [name, role] of [
    ['guard', 'operator'],
    ['reception', 'viewer'],
  ]) {
    const data = { name, role, password: admin.password };
    await context.request.post(`${server.url}/api/users`, { data, headers });
  }
  await shootAll(browser, server.url, scenes, await context.storageState());
  const readme = join(docs, 'README.md');
  const table = withPictureTable(await readFile(readme, 'utf8'), [...scenes, ...firstScenes]);
  await writeFile(readme, await format(table, { ...(await resolveConfig(readme)), parser: 'markdown' }));
} finally {
  await browser.close();
  await server.dispose();
  await camera.close();
}
