import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from 'vite';
import { localOwner } from '../../server/access/caller.js';
import type { HttpAppOptions } from '../../server/http/create-http-app.js';
import { createRealtime, type Realtime } from '../../server/realtime/create-realtime.js';
import { seriousFindings } from './axe.js';
import { launchBrowser } from './browser.js';
import { hearComplaints } from './hear-complaints.js';
import { HttpBench } from './http-bench.js';

const viteConfig = fileURLToPath(new URL('../../client/vite.config.ts', import.meta.url));

/** The built dashboard on the bench's server, in a real browser. */
export class PageBench {
  /** Uncaught errors of the page and all errors of its console, but for those that are expected. */
  readonly complaints: string[] = [];
  /** Those that a test provokes. The bench's WebRTC is none, so refusals of it say nothing. */
  readonly expected: RegExp[] = [/^Failed to load resource: .* at \/wh[ei]p\//];

  private constructor(
    readonly http: HttpBench,
    readonly page: Page,
    readonly url: string,
    private readonly parts: {
      readonly folder: string;
      readonly server: Server;
      readonly realtime: Realtime;
      readonly browser: Browser;
    },
  ) {
    hearComplaints(page, this.complaints, this.expected);
  }

  /** @param other parts of the server instead of the bench's own */
  static async open(other: Partial<HttpAppOptions> = {}): Promise<PageBench> {
    const folder = await mkdtemp(join(tmpdir(), 'maskwatch-pages-'));
    const client = join(folder, 'client');
    const http = new HttpBench(join(folder, 'data'), client, other);
    await build({ configFile: viteConfig, logLevel: 'error', build: { outDir: client, emptyOutDir: true } });
    const server = createServer(http.app);
    const realtime = createRealtime(server, {
      journal: http.journal,
      allow: () => true,
      identify: () => localOwner,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new PageBench(http, page, url, { folder, server, realtime, browser });
  }

  /**
   * Expects the browser's own word of an answer that a test provokes.
   *
   * @param path a regular expression for the whole path
   */
  expectRefusal(status: number, path: string): void {
    this.expected.push(new RegExp(`^Failed to load resource: .* status of ${status} .* at ${path}$`));
  }

  /** Serious and critical findings of axe on a page as it is; on the first one where none is given. */
  seriousFindings(page = this.page): Promise<string[]> {
    return seriousFindings(page);
  }

  /** One more page, in a context of its own; what it complains of is heard like that of the first. */
  async newPage(options: BrowserContextOptions): Promise<Page> {
    const page = await this.parts.browser.newPage(options);
    hearComplaints(page, this.complaints, this.expected);
    return page;
  }

  async close(): Promise<void> {
    const { folder, server, realtime, browser } = this.parts;
    await browser.close();
    await realtime.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await this.http.close();
    await rm(folder, { recursive: true, force: true });
  }
}
