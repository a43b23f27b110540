import type { CameraRegistry } from '../../streams/camera/camera-registry.js';
import type { TracksMessage } from '../analysis/messages.js';
import type { AnalysisPool } from '../analysis/pool-contract.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Realtime } from '../realtime/create-realtime.js';
import { frameEventOf } from '../realtime/frame-event.js';
import type { Tracing } from '../tracing/tracing.js';
import { CameraMeter } from './camera-meter.js';

/** Takes in what analysis sees, and hears when nobody of a camera can be seen any more. */
export interface TrackReader {
  accept(message: TracksMessage): void;
  interrupt(cameraId: string): void;
}

/** What is joined. */
export interface AnalysisJoint {
  readonly pool: Pick<AnalysisPool, 'onTracks' | 'onInterrupted'>;
  readonly registry: Pick<CameraRegistry, 'onStatus'>;
  readonly readers: readonly TrackReader[];
  readonly realtime: Pick<Realtime, 'publishFrame'>;
  readonly metrics: Pick<Metrics, 'analysed'>;
  readonly meters: Map<string, CameraMeter>;
  /** Whether a camera only counts: then nobody is told where people are. */
  readonly countsOnly: (cameraId: string) => boolean;
  readonly log: { info(fields: object, message: string): void };
  /** Absent where nobody asked for traces. */
  readonly tracing?: Pick<Tracing, 'analysed' | 'cameraChanged'> | undefined;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
}

/** Brings what analysis sees to all who want to know. Returns the function that ends it. */
export function joinAnalysis(joint: AnalysisJoint): () => void {
  const { pool, registry, readers, realtime, metrics, meters, countsOnly, log, tracing, clock } = joint;
  const interrupt = (cameraId: string): void => {
    for (const reader of readers) reader.interrupt(cameraId);
  };
  const ends = [
    pool.onTracks((message) => {
      const arrivedMs = clock();
      for (const reader of readers) reader.accept(message);
      const frame = frameEventOf(message, clock());
      if (!countsOnly(message.cameraId)) realtime.publishFrame(frame);
      metrics.analysed(message, frame.latencyMs);
      const meter = meters.get(message.cameraId) ?? new CameraMeter();
      meters.set(message.cameraId, meter);
      meter.record(clock(), frame.latencyMs);
      tracing?.analysed(message, arrivedMs);
    }),
    pool.onInterrupted(interrupt),
    registry.onStatus((cameraId, status) => {
      tracing?.cameraChanged(cameraId, status);
      log.info({ cameraId, state: status.state, reason: status.reason }, 'camera');
      if (status.state !== 'live' && status.state !== 'connecting') interrupt(cameraId);
    }),
  ];
  return () => ends.forEach((end) => end());
}
