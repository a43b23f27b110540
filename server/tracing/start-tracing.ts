import { redact } from '../../streams/ffmpeg/redact.js';
import type { KnownSecrets } from '../secrets/known-secrets.js';
import { type Moment, registeredTracer, Tracing } from './tracing.js';

/** Begins to trace where an SDK is registered; undefined where none is. Close it before the cameras. */
export function startTracing(
  version: string,
  now: () => Moment,
  secrets: Pick<KnownSecrets, 'inText'>,
): Tracing | undefined {
  const tracer = registeredTracer(version);
  if (tracer === undefined) return undefined;
  return new Tracing({ tracer, now, clean: (text) => secrets.inText(redact(text)) });
}
