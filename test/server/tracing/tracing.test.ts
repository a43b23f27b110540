import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { propagation, ROOT_CONTEXT, SpanStatusCode, type TextMapPropagator, trace } from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import type { TracksMessage } from '../../../server/analysis/messages.js';
import { createHttpApp } from '../../../server/http/create-http-app.js';
import { KnownSecrets } from '../../../server/secrets/known-secrets.js';
import { startTracing } from '../../../server/tracing/start-tracing.js';
import { registeredTracer, Tracing } from '../../../server/tracing/tracing.js';
import { HttpBench } from '../../helpers/http-bench.js';
import { tempFolders } from '../../helpers/temp-folder.js';

const message: TracksMessage = {
  type: 'tracks',
  cameraId: 'door',
  generation: 1,
  rtpTimestamp: 90_000,
  capturedAtMs: 5000,
  width: 640,
  height: 360,
  tracks: [],
  ended: [],
  timing: { decodeMs: 4, detectMs: 20, classifyMs: 2 },
};

/** What the log is told of a request. */
interface Line {
  readonly requestId?: string;
  readonly traceId?: string;
}

/** Seconds and nanoseconds as milliseconds. */
function ms([seconds, nanoseconds]: readonly [number, number]): number {
  return seconds * 1000 + nanoseconds / 1e6;
}

describe('traces', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const secrets = new KnownSecrets();
  const moment = { epochMs: 1_700_000_000_100, monotonicMs: 5100 };
  const tracing = new Tracing({
    tracer: provider.getTracer('test'),
    now: () => moment,
    clean: (text) => secrets.inText(text),
  });
  const spans = (): Map<string, ReadableSpan> =>
    new Map(exporter.getFinishedSpans().map((span) => [span.name, span]));

  afterEach(() => {
    exporter.reset();
    trace.disable();
    propagation.disable();
  });

  it('are not made at all while no SDK is registered', () => {
    expect(registeredTracer('1.0.0')).to.equal(undefined);
    expect(startTracing('1.0.0', () => moment, secrets)).to.equal(undefined);
  });

  it('are made with the SDK that was registered before', () => {
    trace.setGlobalTracerProvider(provider);
    const started = startTracing('1.0.0', () => moment, secrets);
    started?.analysed(message, 5090);
    expect(spans().get('frame')?.instrumentationScope).to.include({ name: 'maskwatch', version: '1.0.0' });
  });

  it('tell the way of a frame: arrival, analysis, event', () => {
    tracing.analysed(message, 5090);
    const [frame, analysis, event] = ['frame', 'analysis', 'event'].map((name) => spans().get(name));
    if (frame === undefined || analysis === undefined || event === undefined) throw new Error('no spans');
    expect(ms(frame.startTime)).to.equal(1_700_000_000_000);
    expect(ms(analysis.endTime)).to.equal(1_700_000_000_090);
    expect(ms(event.startTime)).to.equal(1_700_000_000_090);
    expect(ms(frame.endTime)).to.equal(1_700_000_000_100);
    expect(frame.attributes).to.include({ 'maskwatch.camera.id': 'door', 'maskwatch.frame.people': 0 });
    expect(analysis.attributes['maskwatch.detect.seconds']).to.equal(0.02);
    for (const child of [analysis, event]) {
      expect(child.parentSpanContext?.spanId).to.equal(frame.spanContext().spanId);
    }
  });

  it('make nothing of a frame that is not sampled', () => {
    const off = new BasicTracerProvider({
      sampler: new AlwaysOffSampler(),
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    new Tracing({ tracer: off.getTracer('x'), now: () => moment, clean: String }).analysed(message, 5090);
    expect(exporter.getFinishedSpans()).to.deep.equal([]);
  });

  it('tell how long a camera takes to start, or why it does not, without its secrets', () => {
    secrets.remember('camera', ['s3cr3t']);
    const reasonless = { reason: '' };
    tracing.cameraChanged('door', { state: 'live', ...reasonless });
    expect(exporter.getFinishedSpans()).to.deep.equal([]);
    tracing.cameraChanged('door', { state: 'connecting', ...reasonless });
    tracing.cameraChanged('hall', { state: 'connecting', ...reasonless });
    tracing.cameraChanged('door', { state: 'live', ...reasonless });
    tracing.cameraChanged('hall', { state: 'retrying', reason: 'refused s3cr3t' });
    tracing.cameraChanged('gate', { state: 'connecting', ...reasonless });
    tracing.close();
    const seen = exporter
      .getFinishedSpans()
      .map((span) => [span.attributes['maskwatch.camera.id'], span.status.code, span.status.message]);
    expect(seen).to.deep.equal([
      ['door', SpanStatusCode.UNSET, undefined],
      ['hall', SpanStatusCode.ERROR, 'refused ***'],
      ['gate', SpanStatusCode.UNSET, undefined],
    ]);
  });

  describe('of requests', () => {
    const folders = tempFolders();
    let bench: HttpBench;
    let base: string;
    let server: ReturnType<typeof createServer>;
    const lines: Line[] = [];

    before(async () => {
      bench = new HttpBench(folders.make(), folders.make());
      const log = {
        debug: (fields: object) => void lines.push(fields),
        error: () => undefined,
      };
      server = createServer(createHttpApp({ ...bench.options, tracing, log }));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(async () => {
      server.close();
      await bench.close();
    });

    const ask = async (path: string, headers: Record<string, string> = {}): Promise<ReadableSpan> => {
      await (await fetch(base + path, { headers })).text();
      // The answer may be read before the server's side of it is closed.
      while (exporter.getFinishedSpans().length === 0) await new Promise(setImmediate);
      const [span] = exporter.getFinishedSpans();
      if (span === undefined) throw new Error('no span');
      return span;
    };

    it('carry route, status and the id of the log, but not the path', async () => {
      const span = await ask('/api/cameras/door?token=s3cr3t', { 'x-request-id': 'request-0001' });
      expect(span.name).to.equal('GET /api/cameras/:id');
      expect(span.attributes).to.deep.equal({
        'http.request.method': 'GET',
        'http.route': '/api/cameras/:id',
        'http.response.status_code': 200,
        'maskwatch.request.id': 'request-0001',
      });
      expect(JSON.stringify(span.attributes)).not.to.include('s3cr3t');
      const line = lines.find(({ requestId }) => requestId === 'request-0001');
      expect(line?.traceId).to.equal(span.spanContext().traceId);
    });

    it('have a name without the path where there is no route', async () => {
      const span = await ask('/assets/nothing/s3cr3t');
      expect([span.name, span.attributes['http.response.status_code']]).to.deep.equal(['GET', 404]);
    });

    it('join the trace of who asks, where a propagator is registered', async () => {
      const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
      const propagator: TextMapPropagator = {
        inject: () => undefined,
        extract: (context, carrier: Record<string, string>) =>
          carrier.traceparent === undefined ? context : trace.setSpanContext(ROOT_CONTEXT, ids),
        fields: () => ['traceparent'],
      };
      propagation.setGlobalPropagator(propagator);
      const span = await ask('/health', { traceparent: `00-${ids.traceId}-${ids.spanId}-01` });
      expect(span.spanContext().traceId).to.equal(ids.traceId);
      expect(span.parentSpanContext?.spanId).to.equal(ids.spanId);
    });
  });
});
