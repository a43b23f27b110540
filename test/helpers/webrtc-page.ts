import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Answers the offer of one path; what it throws becomes the answer's text with status 400. */
export type Signalling = Readonly<Record<string, (offerSdp: string) => Promise<string>>>;

/** A frame that a page presented, as `requestVideoFrameCallback` told it. */
export interface PresentedFrame {
  readonly rtpTimestamp: number;
  readonly width: number;
  readonly height: number;
  /** Since the page began to make its offer. */
  readonly afterMs: number;
}

/** A real browser and a tiny server that serves it the test page and carries offers and answers. */
export class WebRtcPages {
  readonly #server: Server;
  readonly #browser: Browser;

  private constructor(server: Server, browser: Browser) {
    this.#server = server;
    this.#browser = browser;
  }

  /** Starts both; routes are looked up by path, such as `/whip`. */
  static async start(routes: Signalling): Promise<WebRtcPages> {
    const html = await readFile(new URL('webrtc-page.html', import.meta.url));
    const server = createServer((request, response) => {
      const route = routes[request.url ?? ''];
      if (route === undefined) {
        response.setHeader('content-type', 'text/html');
        response.end(html);
        return;
      }
      bodyOf(request)
        .then(route)
        .then(
          (answer) => response.end(answer),
          (error: unknown) => response.writeHead(400).end(String(error)),
        );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: browserArguments });
    return new WebRtcPages(server, browser);
  }

  /** A page of its own with the functions `publish`, `play` and `framesPresented`. */
  async open(): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Waits until a page has presented that many frames and returns all of them. */
export function framesPresented(page: Page, count: number): Promise<PresentedFrame[]> {
  return page.evaluate<PresentedFrame[]>(`framesPresented(${count})`);
}

const browserArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // A machine without any network has only this interface.
  '--allow-loopback-in-peer-connection',
];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
