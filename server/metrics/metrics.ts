import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { TracksMessage } from '../analysis/messages.js';
import type { Visit } from '../realtime/events.js';
import type { MetricSources } from './metric-sources.js';
import type { ReconnectReason } from './reconnect-reason.js';
import { processMetrics, type Sample, snapshotMetrics } from './snapshot-metrics.js';

/** Every name of ours begins with it. */
const prefix = 'maskwatch_';

/** The metrics of one server, in the text format of Prometheus. Owns nothing that must be closed. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #snapshots: ((samples: readonly Sample[]) => void)[] = [];
  readonly #latency: Histogram;
  readonly #inference: Histogram;
  readonly #dbWrite: Histogram;
  readonly #reconnects: Counter;
  readonly #persons: Counter;

  constructor(readonly sources: MetricSources) {
    const registers = [this.#registry];
    this.#latency = new Histogram({
      name: `${prefix}capture_to_result_seconds`,
      help: 'From the arrival of a picture to the sending of its result.',
      labelNames: ['camera'],
      buckets: [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5],
      registers,
    });
    this.#inference = new Histogram({
      name: `${prefix}inference_duration_seconds`,
      help: 'Time that one picture spent in a stage of analysis.',
      labelNames: ['stage'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
      registers,
    });
    this.#dbWrite = new Histogram({
      name: `${prefix}db_write_seconds`,
      help: 'Time of one transaction.',
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
      registers,
    });
    this.#reconnects = new Counter({
      name: `${prefix}camera_reconnects_total`,
      help: 'Times the camera was lost, by the kind of trouble.',
      labelNames: ['camera', 'reason'],
      registers,
    });
    this.#persons = new Counter({
      name: `${prefix}persons_total`,
      help: 'People who left the view, by their voted state.',
      labelNames: ['camera', 'label'],
      registers,
    });
    for (const { kind, name, help, labels } of [
      ...snapshotMetrics.map((metric) => ({ ...metric, name: prefix + metric.name })),
      ...processMetrics,
    ]) {
      const options = { name, help, labelNames: [...labels], registers };
      if (kind === 'gauge') {
        const metric = new Gauge(options);
        this.#snapshots.push((samples) => {
          metric.reset();
          for (const [series, value] of samples) metric.set(series, value);
        });
      } else {
        const metric = new Counter(options);
        this.#snapshots.push((samples) => {
          metric.reset();
          for (const [series, value] of samples) metric.inc(series, value);
        });
      }
    }
  }

  /** The names of all metrics. */
  names(): string[] {
    return this.#registry.getMetricsAsArray().map(({ name }) => name);
  }

  /** One analysed picture. @param latencyMs from its arrival to the sending of its event */
  analysed({ cameraId, timing }: Pick<TracksMessage, 'cameraId' | 'timing'>, latencyMs: number): void {
    this.#latency.observe({ camera: cameraId }, latencyMs / 1000);
    this.#inference.observe({ stage: 'decode' }, timing.decodeMs / 1000);
    this.#inference.observe({ stage: 'detect' }, timing.detectMs / 1000);
    this.#inference.observe({ stage: 'classify' }, timing.classifyMs / 1000);
  }

  /** A camera was lost and will be opened again. */
  reconnecting(cameraId: string, reason: ReconnectReason): void {
    this.#reconnects.inc({ camera: cameraId, reason });
  }

  /** A stay ended. */
  ended({ cameraId, state }: Pick<Visit, 'cameraId' | 'state'>): void {
    this.#persons.inc({ camera: cameraId, label: state });
  }

  /** A transaction took so many seconds. */
  wrote(seconds: number): void {
    this.#dbWrite.observe(seconds);
  }

  /** Forgets the series of a camera that was removed: names that come and go must not pile up. */
  async forget(cameraId: string): Promise<void> {
    for (const metric of [this.#latency, this.#reconnects, this.#persons]) {
      const { values } = await metric.get();
      for (const { labels } of values) {
        if (labels.camera !== cameraId) continue;
        // A histogram lists its buckets under labels of their own, which it does not know itself.
        const own = Object.entries(labels).filter(([name]) => name !== 'le');
        metric.remove(Object.fromEntries(own));
      }
    }
  }

  /**
   * Everything, in the text format of Prometheus, version 0.0.4.
   *
   * @param cameras the only ones that may be told of; all where absent
   */
  async text(cameras?: ReadonlySet<string>): Promise<string> {
    const [disk, ffmpegs] = await Promise.all([this.sources.disk(), this.sources.ffmpegs()]);
    const reading = { sources: this.sources, disk, ffmpegs };
    [...snapshotMetrics, ...processMetrics].forEach((metric, index) => {
      this.#snapshots[index]?.(metric.read(reading));
    });
    const text = await this.#registry.metrics();
    return cameras === undefined ? text : visibleLines(text, cameras);
  }
}

/** The lines that tell nothing of other cameras. Ids of cameras need no escaping in labels. */
function visibleLines(text: string, cameras: ReadonlySet<string>): string {
  return text
    .split('\n')
    .filter((line) => {
      const camera = line.startsWith('#') ? undefined : /[{,]camera="([^"]*)"/.exec(line)?.[1];
      return camera === undefined || cameras.has(camera);
    })
    .join('\n');
}
