import {
  type Context,
  context,
  propagation,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import type { CameraStatus } from '../../streams/camera-status.js';
import type { TracksMessage } from '../analysis/messages.js';
import { noteTrace, requestIdOf } from '../http/request-id.js';

/** Both clocks at one moment, in milliseconds. */
export interface Moment {
  readonly epochMs: number;
  readonly monotonicMs: number;
}

/** What traces are made with. */
export interface TracingOptions {
  readonly tracer: Tracer;
  readonly now: () => Moment;
  /** Takes secrets out of a reason. */
  readonly clean: (text: string) => string;
}

/**
 * The tracer of the OpenTelemetry SDK that somebody registered before this program began; undefined where nobody did. Then no
 * `Tracing` is made at all, and traces cost nothing.
 */
export function registeredTracer(version: string): Tracer | undefined {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider
    ? provider.getDelegateTracer('maskwatch', version)
    : provider.getTracer('maskwatch', version);
}

/**
 * Traces of the work of the serving process, by OpenTelemetry: requests, starts of cameras, and the way of each analysed frame.
 * This file is the only door to its interface. Spans carry ids of cameras, routes and figures; never an address, a name or a person.
 */
export class Tracing {
  readonly #tracer: Tracer;
  readonly #now: () => Moment;
  readonly #clean: (text: string) => string;
  readonly #starting = new Map<string, Span>();

  constructor({ tracer, now, clean }: TracingOptions) {
    this.#tracer = tracer;
    this.#now = now;
    this.#clean = clean;
  }

  /**
   * A span for each request, named after its route, below the one that its `traceparent` names. The path itself is left out: the
   * addresses of WebRTC sessions are secrets.
   */
  requests(): RequestHandler {
    return (request, response, next) => {
      const { method } = request;
      const parent = propagation.extract(ROOT_CONTEXT, request.headers);
      const attributes = { 'http.request.method': method, 'maskwatch.request.id': requestIdOf(response) };
      const span = this.#tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
      if (span.isRecording()) noteTrace(response, span.spanContext().traceId);
      response.once('close', () => {
        const path = (request.route as { readonly path?: unknown } | undefined)?.path;
        if (typeof path === 'string') span.updateName(`${method} ${path}`).setAttribute('http.route', path);
        span.setAttribute('http.response.status_code', response.statusCode);
        if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      });
      context.with(trace.setSpan(parent, span), next);
    };
  }

  /**
   * The way of one frame, after it was gone: `frame` from its arrival at this machine to the sending of its event, and in it
   * `analysis` up to the arrival of its result and `event` from then on.
   *
   * @param message its result
   * @param arrivedMs when the result came, on the monotonic clock
   */
  analysed(message: TracksMessage, arrivedMs: number): void {
    const { epochMs, monotonicMs } = this.#now();
    const at = (ms: number): Date => new Date(epochMs - monotonicMs + ms);
    const captured = at(message.capturedAtMs);
    const attributes = {
      'maskwatch.camera.id': message.cameraId,
      'maskwatch.frame.rtp_timestamp': message.rtpTimestamp,
      'maskwatch.frame.people': message.tracks.length,
    };
    const frame = this.#tracer.startSpan(
      'frame',
      { root: true, startTime: captured, attributes },
      ROOT_CONTEXT,
    );
    if (frame.isRecording()) {
      const inside = trace.setSpan(ROOT_CONTEXT, frame);
      const { decodeMs, detectMs, classifyMs } = message.timing;
      const figures = {
        'maskwatch.decode.seconds': decodeMs / 1000,
        'maskwatch.detect.seconds': detectMs / 1000,
        'maskwatch.classify.seconds': classifyMs / 1000,
      };
      this.#child('analysis', inside, captured, at(arrivedMs), figures);
      this.#child('event', inside, at(arrivedMs), new Date(epochMs), {});
    }
    frame.end(new Date(epochMs));
  }

  /** A camera's status changed: from `connecting` to `live`, or to the reason why not, is a span `camera start`. */
  cameraChanged(cameraId: string, { state, reason }: Pick<CameraStatus, 'state' | 'reason'>): void {
    const started = this.#starting.get(cameraId);
    if (state === 'connecting') {
      if (started !== undefined) return;
      const attributes = { 'maskwatch.camera.id': cameraId };
      this.#starting.set(cameraId, this.#tracer.startSpan('camera start', { root: true, attributes }));
      return;
    }
    if (started === undefined) return;
    this.#starting.delete(cameraId);
    if (state !== 'live' && state !== 'stopped')
      started.setStatus({ code: SpanStatusCode.ERROR, message: this.#clean(reason) });
    started.end();
  }

  /** Ends what has begun; idempotent. Sending it is the business of the SDK. */
  close(): void {
    for (const span of this.#starting.values()) span.end();
    this.#starting.clear();
  }

  #child(
    name: string,
    parent: Context,
    startTime: Date,
    endTime: Date,
    attributes: Readonly<Record<string, number>>,
  ): void {
    this.#tracer.startSpan(name, { startTime, attributes }, parent).end(endTime);
  }
}
