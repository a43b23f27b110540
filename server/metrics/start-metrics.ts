import { statfs } from 'node:fs/promises';
import type { CameraRegistry } from '../../streams/camera/camera-registry.js';
import type { CameraState } from '../../streams/camera-status.js';
import type { AnalysisPool } from '../analysis/pool-contract.js';
import type { EvidenceStats } from '../evidence/evidence-desk.js';
import type { RtcSessions } from '../http/rtc-sessions.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Realtime } from '../realtime/create-realtime.js';
import type { Journal } from '../storage/journal.js';
import { countPrograms } from './count-programs.js';
import { Metrics } from './metrics.js';
import { reconnectReasonOf } from './reconnect-reason.js';

/** The parts of the server that are measured. */
export interface MeasuredParts {
  readonly version: string;
  readonly dataDir: string;
  readonly registry: Pick<CameraRegistry, 'list' | 'onStatus'>;
  readonly pool: Pick<AnalysisPool, 'account' | 'effort' | 'health' | 'engine'>;
  readonly ledger: Pick<Ledger, 'countsNow'>;
  readonly journal: Pick<Journal, 'stats' | 'onCommit' | 'onWrite'>;
  readonly sessions: Pick<RtcSessions, 'count'>;
  /** Asked for late: the event server is made after what serves the metrics. */
  readonly realtime: () => Pick<Realtime, 'stats'>;
  readonly eventLoopP99Ms: () => number;
  readonly loginFailures: () => number;
  readonly evidence: () => EvidenceStats;
  readonly config: { readonly readAt: number; readonly problems: readonly unknown[] };
}

/** Begins to measure the server. Close it before its parts. */
export function startMetrics(parts: MeasuredParts): { readonly metrics: Metrics; close(): void } {
  const { registry, pool, ledger, journal, sessions } = parts;
  const metrics = new Metrics({
    version: parts.version,
    cameras: () =>
      registry.list().map(({ config: { id }, status }) => ({
        ...{ id, status },
        frames: pool.account(id),
        effort: pool.effort(id),
      })),
    countsNow: () => ledger.countsNow(registry.list().map(({ config }) => config.id)).cameras,
    workers: () => pool.health(),
    backend: () => pool.engine()?.backend,
    realtime: () => parts.realtime().stats(),
    rtcSessions: () => ({ whep: sessions.count('whep'), whip: sessions.count('whip') }),
    journal: () => journal.stats(),
    eventLoopP99Ms: parts.eventLoopP99Ms,
    disk: () => diskOf(parts.dataDir),
    ffmpegs: () => countPrograms('ffmpeg'),
    loginFailures: parts.loginFailures,
    evidence: parts.evidence,
    config: () => ({
      readAt: parts.config.readAt,
      fileIsValid: parts.config.problems.length === 0,
    }),
  });
  const states = new Map<string, CameraState>();
  const stops = [
    registry.onStatus((cameraId, { state, reason }) => {
      if (state === 'retrying' && states.get(cameraId) !== 'retrying') {
        metrics.reconnecting(cameraId, reconnectReasonOf(reason));
      }
      states.set(cameraId, state);
    }),
    journal.onCommit((logged) => {
      if (logged.kind === 'visit' && logged.event.visit.ended) metrics.ended(logged.event.visit);
      if (logged.kind === 'camera' && logged.event.change === 'removed') {
        states.delete(logged.cameraId);
        void metrics.forget(logged.cameraId);
      }
    }),
    journal.onWrite((seconds) => metrics.wrote(seconds)),
  ];
  return { metrics, close: () => stops.forEach((stop) => stop()) };
}

async function diskOf(folder: string): Promise<{ freeBytes: number; sizeBytes: number } | undefined> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
  } catch {
    // The disk may be gone; then there is nothing to tell, and the rest of the metrics must come all the same.
    return undefined;
  }
}
