import { expect } from 'chai';
import type { z } from 'zod';
import {
  cameraListSchema,
  countsHistorySchema,
  countsNowSchema,
  healthSchema,
  modelListSchema,
  rtcSettingsSchema,
  visitPageSchema,
} from '../../server/http/answer-schemas.js';
import { eventSchemas } from '../../server/realtime/event-schemas.js';
import type { EventKind } from '../../server/realtime/events.js';
import { launchBrowser } from '../helpers/browser.js';
import { faceClip } from '../helpers/media.js';
import { type ServerProcess, startServer, subscribe } from '../helpers/server-process.js';

describe('the interfaces of the running product', function () {
  this.timeout(120_000);
  let server: ServerProcess;

  before(async () => {
    const clip = await faceClip({ seconds: 5, people: 2 });
    server = await startServer(['--camera', `hall=${clip}`, '--no-demo', '--log-level', 'debug']);
  });
  after(() => server.dispose());

  it('send the events that the documents declare, field by field', async () => {
    const socket = await server.connect();
    const waiting = new Set<EventKind>(['frame', 'counts', 'visit', 'camera']);
    const wrong: string[] = [];
    await new Promise<void>((resolve) => {
      socket.onAny((kind: keyof typeof eventSchemas, event: unknown, taken?: () => void) => {
        taken?.();
        const read = (eventSchemas[kind] as z.ZodType).safeParse(event);
        if (!read.success) wrong.push(`${kind}: ${read.error.message}`);
        waiting.delete(kind);
        if (waiting.size === 0) resolve();
      });
      void subscribe(socket, { cameras: '*', kinds: [...waiting] }).then(() =>
        // The camera tells of itself when it is changed.
        server.send('POST', '/api/cameras', { name: 'Gate', url: 'webcam:' }),
      );
    });
    socket.disconnect();
    expect(wrong).to.deep.equal([]);
  });

  it('answer what the documents declare, field by field', async () => {
    for (const [path, schema] of [
      ['/api/health', healthSchema],
      ['/api/cameras', cameraListSchema],
      ['/api/counts/now', countsNowSchema],
      ['/api/counts', countsHistorySchema],
      ['/api/visits', visitPageSchema],
      ['/api/models', modelListSchema],
      ['/api/rtc', rtcSettingsSchema],
    ] as const) {
      const read = (schema as z.ZodType).safeParse(await server.get(path));
      expect(read.error?.message, path).to.equal(undefined);
    }
  });

  it('count what happens', async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).to.match(/^maskwatch_camera_up\{camera="hall"\} 1$/m);
    expect(text).to.match(/^maskwatch_frames_processed_total\{camera="hall"\} [1-9]\d*$/m);
    expect(text).to.match(/^maskwatch_capture_to_result_seconds_count\{camera="hall"\} [1-9]\d*$/m);
    expect(text).to.match(/^maskwatch_db_write_seconds_count [1-9]\d*$/m);
    expect(text).to.match(/^maskwatch_ffmpeg_processes [1-9]\d*$/m);
    expect(text).to.match(/^maskwatch_storage_free_bytes [1-9]/m);
    expect(text).not.to.match(/file:|rtsp:|\/tmp\//);
  });

  it('say that they live and are ready', async () => {
    expect(await server.get('/health/live')).to.deep.equal({ status: 'live' });
    expect(await server.get('/health/ready')).to.deep.equal({ status: 'ready' });
  });

  it('log one line of JSON for each request, whatever it holds', async () => {
    const reply = await fetch(`${server.url}/api/cameras/x%0d%0a%7B"level":60%7D%1b[31m`, {
      headers: { 'user-agent': 'evil \u0085 agent', 'x-request-id': 'test-of-the-log' },
    });
    expect(reply.status).to.equal(404);
    expect(reply.headers.get('x-request-id')).to.equal('test-of-the-log');
    const deadline = Date.now() + 10_000;
    while (!server.log().includes('test-of-the-log') && Date.now() < deadline) await fetch(server.url);
    const lines = server
      .log()
      .split('\n')
      .filter((line) => line.includes('test-of-the-log'));
    expect(lines).to.have.length(1);
    expect(JSON.parse(lines[0] ?? '')).to.include({ method: 'GET', status: 404, msg: 'request' });
    expect(lines[0]?.includes('\u001b')).to.equal(false);
  });

  it('are shown on a page that works under the content security policy', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on('console', (message) => faults.push(message.text()));
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${server.url}/api/reference`);
      await page.getByRole('heading', { name: 'Reference of the interfaces' }).waitFor();
      await page.getByRole('link', { name: 'VisitPage' }).first().click();
      expect(page.url()).to.match(/#schema-VisitPage$/);
      expect(await page.evaluate<number>('document.styleSheets.length')).to.equal(1);
      expect(faults).to.deep.equal([]);
    } finally {
      await browser.close();
    }
  });
});
