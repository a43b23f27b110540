import type { CameraRegistry } from '../../streams/camera/camera-registry.js';
import type { AnalysisPool } from '../analysis/pool-contract.js';
import type { Health } from '../http/api.js';
import type { CameraMeter } from './camera-meter.js';

/** What a health report is made of. */
export interface HealthSources {
  readonly version: string;
  /** Why TensorFlow is not used, as set-up found it; absent when it is. */
  readonly fallbackReason?: string;
  /** What went wrong elsewhere and still holds, each in one sentence. */
  readonly otherProblems: readonly string[];
  readonly registry: Pick<CameraRegistry, 'list'>;
  readonly pool: Pick<AnalysisPool, 'account' | 'effort' | 'health' | 'engine'>;
  readonly meters: ReadonlyMap<string, CameraMeter>;
  readonly viewers: (cameraId: string) => number;
  readonly eventLoopP99Ms: () => number;
  /** Monotonic milliseconds. */
  readonly clock: () => number;
  /** When the server began, on that clock. */
  readonly startedMs: number;
}

/** Tells how the server is, from counters that are there already: cheap enough to ask every second. */
export function reportHealth(sources: HealthSources): Health {
  const { registry, pool, meters, viewers, clock, startedMs } = sources;
  const nowMs = clock();
  const engine = pool.engine();
  const analysis = pool.health();
  const problems = problemsOf(sources, analysis);
  return {
    status: problems.length === 0 ? 'ok' : 'degraded',
    problems,
    version: sources.version,
    uptimeSeconds: Math.round((nowMs - startedMs) / 1000),
    ...(engine === undefined ? {} : { engine }),
    analysis,
    cameras: registry.list().map(({ config, status }) => {
      const reading = meters.get(config.id)?.read(nowMs);
      return {
        id: config.id,
        state: status.state,
        analysedFps: reading?.analysedFps ?? 0,
        latencyMs: reading?.latencyMs ?? { p50: 0, p95: 0 },
        frames: pool.account(config.id),
        effort: pool.effort(config.id),
        viewers: viewers(config.id),
      };
    }),
    eventLoopP99Ms: sources.eventLoopP99Ms(),
    rssBytes: process.memoryUsage.rss(),
  };
}

function problemsOf(
  { pool, fallbackReason, otherProblems }: HealthSources,
  analysis: Health['analysis'],
): string[] {
  const problems = [...otherProblems];
  if (pool.engine()?.backend === 'wasm') {
    const reason = fallbackReason === undefined ? '' : ` (${fallbackReason})`;
    problems.push(
      `Analysis runs on the slow wasm backend${reason}. Run npm run setup again with network access and a C++ compiler.`,
    );
  }
  for (const { pid, state } of analysis) {
    if (state === 'degraded') {
      problems.push(
        `Analysis process ${pid} failed again and again. Look into the log; it is tried again every 30 s.`,
      );
    }
  }
  return problems;
}
