import type { Camera, CameraRegistry } from '../../streams/camera/camera-registry.js';
import type { AnalysisPool } from '../analysis/pool-contract.js';

/** Keeps every enabled camera under analysis, with the frame rate that its settings say. */
export class AnalysisFeed {
  readonly #registry: Pick<CameraRegistry, 'get' | 'list' | 'onStatus'>;
  readonly #pool: Pick<AnalysisPool, 'open' | 'closeCamera'>;
  /** What is under analysis: the settings that it was opened with, by camera. */
  readonly #open = new Map<string, string>();
  readonly #unsubscribe: () => void;

  constructor(
    registry: Pick<CameraRegistry, 'get' | 'list' | 'onStatus'>,
    pool: Pick<AnalysisPool, 'open' | 'closeCamera'>,
  ) {
    this.#registry = registry;
    this.#pool = pool;
    this.#unsubscribe = registry.onStatus((cameraId) => this.follow(cameraId));
    for (const { config } of registry.list()) this.follow(config.id);
  }

  /** Looks at a camera that was added, changed or removed, and opens or closes its analysis. */
  follow(cameraId: string): void {
    const camera = this.#registry.get(cameraId);
    if (camera?.config.enabled !== true) {
      if (this.#open.delete(cameraId)) this.#pool.closeCamera(cameraId);
      return;
    }
    const wanted = settingsOf(camera);
    if (this.#open.get(cameraId) === wanted) return;
    this.#open.set(cameraId, wanted);
    const { fps, kind } = camera.config;
    // Only a file can jump from one scene to another; a live camera that is covered for a moment must keep its people.
    this.#pool.open({ cameraId, fps, cutsPossible: kind === 'file' || kind === 'http' }, camera.source);
  }

  /** Stops following; what is open stays open, the pool closes it. */
  close(): void {
    this.#unsubscribe();
  }
}

function settingsOf({ config }: Camera): string {
  return `${config.kind} ${config.fps}`;
}
