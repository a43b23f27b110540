import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../test/helpers/browser.js';
import { untilOverlay } from '../../test/helpers/overlay-probe.js';
import { type Percentiles, percentilesOf, rounded } from '../measure/spread.js';
import { FrameWatch, type SeenFrame } from '../product/frame-watch.js';
import { type Product, startProduct, untilLive } from '../product/product.js';
import { paintedWebcamScript } from './painted-webcam.js';
import { type ScreenPicture, watchScreen } from './watch-screen.js';

/** How one way of showing did: the picture held back until its boxes are there, or not. */
export interface GlassFigures {
  readonly mode: 'exact' | 'low-latency';
  /** From the painting of a picture at the webcam to its showing at the viewer. */
  readonly glassToGlassMs: Percentiles;
  /** How much older the analysed picture is that the boxes on a picture come from. */
  readonly trailingMs: Percentiles;
  /** Frames that were analysed while it was watched. */
  readonly analysed: number;
  /** Share of them that were shown with their own boxes, 0..1. */
  readonly ownBoxes: number;
  readonly pictures: number;
  /** Pictures whose time of painting could be read. */
  readonly read: number;
}

/** How it is measured. */
export interface GlassOptions {
  /** How often each way takes its turn. */
  readonly turns: number;
  readonly secondsPerTurn: number;
  readonly progress: (line: string) => void;
}

/** After a change of the delay, the browser needs a moment to slow down or catch up. */
const settleSeconds = 3;
const modes = ['exact', 'low-latency'] as const;

/** One page sends its webcam, another one shows it, both in a real browser; the two ways of showing take turns. */
export async function measureGlassToGlass(options: GlassOptions): Promise<GlassFigures[]> {
  const product = await startProduct({});
  try {
    const browser = await launchBrowser();
    try {
      return await measure(product, browser, options);
    } finally {
      await browser.close();
    }
  } finally {
    await product.close();
  }
}

async function measure(
  product: Product,
  browser: Browser,
  { turns, secondsPerTurn, progress }: GlassOptions,
): Promise<GlassFigures[]> {
  await publish(await browser.newPage(), product.url);
  await untilLive(product);
  const { cameras } = await product.health();
  const cameraId = cameras[0]?.id ?? '';
  const watch = await FrameWatch.open(product.url);
  try {
    const viewer = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    await viewer.goto(`${product.url}/camera/${cameraId}`);
    await untilOverlay(viewer, ({ counters }) => counters.presented > 20 && counters.received > 3, cameraId);
    const pictures: Record<GlassFigures['mode'], ScreenPicture[]> = { exact: [], 'low-latency': [] };
    const own: Record<GlassFigures['mode'], boolean[]> = { exact: [], 'low-latency': [] };
    for (let turn = 1; turn <= turns; turn++) {
      for (const mode of modes) {
        progress(`webcam to viewer, ${mode}, turn ${turn} of ${turns}`);
        await setTimeout(settleSeconds * 1000);
        watch.take();
        const shown = await watchScreen(viewer, cameraId, secondsPerTurn);
        pictures[mode].push(...shown);
        own[mode].push(...ownBoxes(watch.take(), shown));
        await viewer.getByRole('button', { name: 'Low latency' }).click();
      }
    }
    return modes.map((mode) => figuresOf(mode, pictures[mode], own[mode]));
  } finally {
    watch.close();
  }
}

async function publish(page: Page, url: string): Promise<void> {
  await page.addInitScript({ content: await paintedWebcamScript() });
  await page.goto(url);
  await page.getByRole('link', { name: 'Use this webcam' }).first().click();
  await page.getByRole('button', { name: 'Start sending' }).click();
}

/** For each analysed frame of the time that was watched, whether it was shown with its own boxes. */
function ownBoxes(analysed: readonly SeenFrame[], shown: readonly ScreenPicture[]): boolean[] {
  const first = shown[0]?.rtpTimestamp ?? 0;
  const after = (rtpTimestamp: number): number => (rtpTimestamp - first) | 0;
  const last = after(shown.at(-1)?.rtpTimestamp ?? 0);
  const exact = new Set(
    shown.filter(({ basis }) => basis === 'exact').map((picture) => picture.rtpTimestamp),
  );
  return analysed
    .filter(({ rtpTimestamp }) => after(rtpTimestamp) >= 0 && after(rtpTimestamp) <= last)
    .map(({ rtpTimestamp }) => exact.has(rtpTimestamp));
}

function figuresOf(
  mode: GlassFigures['mode'],
  pictures: readonly ScreenPicture[],
  own: readonly boolean[],
): GlassFigures {
  const times = pictures.flatMap(({ glassToGlassMs }) => (glassToGlassMs === null ? [] : [glassToGlassMs]));
  return {
    mode,
    glassToGlassMs: percentilesOf(times),
    trailingMs: percentilesOf(pictures.map(({ trailingMs }) => trailingMs)),
    analysed: own.length,
    ownBoxes: rounded(own.filter(Boolean).length / Math.max(1, own.length), 4),
    pictures: pictures.length,
    read: times.length,
  };
}
