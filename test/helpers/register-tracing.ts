import { appendFileSync } from 'node:fs';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base';

// Given to node by `--import`, as docs/tracing.md says: registers an SDK whose spans go to the file that the environment names, a
// line of JSON each.

const toFile: SpanProcessor = {
  onStart: () => undefined,
  onEnd: ({ name, attributes, status }) =>
    appendFileSync(
      process.env.SPANS_FILE ?? '/dev/null',
      `${JSON.stringify({ name, attributes, status })}\n`,
    ),
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [toFile] }));
