import type { Config } from './schema.js';
import type { ConfigChange, LiveConfig } from './live-config.js';

/** Who takes up what can change while the server runs. */
export interface ConfigFollowers {
  readonly setLogLevel: (level: Config['log']['level']) => void;
  readonly setDefaultFps: (fps: number) => Promise<void>;
  /** Touches only the cameras that differ; resolves with what could not be used. */
  readonly setCameras: (cameras: Config['cameras']) => Promise<readonly Error[]>;
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
    error(fields: object, message: string): void;
  };
}

/** Brings each change of the configuration to those it concerns, one change after the other. Returns the function that ends it. */
export function followConfig(live: LiveConfig, followers: ConfigFollowers): () => void {
  let turn = Promise.resolve();
  live.watch();
  return live.onChange((change) => {
    turn = turn
      .then(() => takeUp(change, followers))
      .catch((error: unknown) =>
        followers.log.error({ err: error }, 'the configuration could not be taken up'),
      );
  });
}

async function takeUp({ config, applied, waiting }: ConfigChange, followers: ConfigFollowers): Promise<void> {
  const { log, setLogLevel, setDefaultFps, setCameras } = followers;
  if (applied.includes('log.level')) setLogLevel(config.log.level);
  if (applied.includes('analysis.fps')) await setDefaultFps(config.analysis.fps);
  const refused = applied.includes('cameras') ? await setCameras(config.cameras) : [];
  for (const error of refused) log.error({ err: error }, 'a camera of the configuration cannot be used');
  if (applied.length > 0) log.info({ keys: applied }, 'the configuration has changed');
  if (waiting.length > 0)
    log.warn({ keys: waiting }, 'these changes of the configuration wait for a restart');
}
