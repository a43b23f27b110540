import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { TracksMessage } from '../analysis/messages.js';
import type { Visit } from '../realtime/events.js';
import type { MetricSources } from './metric-sources.js';
import type { ReconnectReason } from './reconnect-reason.js';
import { processMetrics, type Sample, snapshotMetrics } from './snapshot-metrics.js';

/** Every name of ours begins with it. */
const prefix = 'maskwatch_';

/** What a metric is, without its values. */
export interface DescribedMetric {
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  /** One sentence or two. */
  readonly help: string;
}

/** What a metric of this file says of itself. */
interface Own {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

/** The metrics of one server, in the text format of Prometheus. Owns nothing that must be closed. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #snapshots: ((samples: readonly Sample[]) => void)[] = [];
  readonly #latency: Histogram;
  readonly #inference: Histogram;
  readonly #dbWrite: Histogram;
  readonly #reconnects: Counter;
  readonly #persons: Counter;
  readonly #described: DescribedMetric[] = [];

  constructor(readonly sources: MetricSources) {
    const registers = [this.#registry];
    const described = (kind: DescribedMetric['kind'], { name, help, labels = [] }: Own) => {
      this.#described.push({ name, kind, labels, help });
      return { name, help, labelNames: [...labels], registers };
    };
    const histogram = (own: Own, buckets: number[]) =>
      new Histogram({ ...described('histogram', own), buckets });
    const counter = (own: Own) => new Counter(described('counter', own));
    this.#latency = histogram(
      {
        name: `${prefix}capture_to_result_seconds`,
        help: 'From the arrival of a picture to the sending of its result.',
        labels: ['camera'],
      },
      [0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 5],
    );
    this.#inference = histogram(
      {
        name: `${prefix}inference_duration_seconds`,
        help: 'Time that one picture spent in a stage of analysis.',
        labels: ['stage'],
      },
      [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2],
    );
    this.#dbWrite = histogram(
      {
        name: `${prefix}db_write_seconds`,
        help: 'Time of one transaction.',
      },
      [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
    );
    this.#reconnects = counter({
      name: `${prefix}camera_reconnects_total`,
      help: 'Times the camera was lost, by the kind of trouble.',
      labels: ['camera', 'reason'],
    });
    this.#persons = counter({
      name: `${prefix}persons_total`,
      help: 'People who left the view, by their voted state.',
      labels: ['camera', 'label'],
    });
    for (const { kind, name, help, labels } of [
      ...snapshotMetrics.map((metric) => ({ ...metric, name: prefix + metric.name })),
      ...processMetrics,
    ]) {
      const options = described(kind, { name, help, labels });
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

  /** What all metrics are, in the order in which they are told. */
  described(): readonly DescribedMetric[] {
    return this.#described;
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
