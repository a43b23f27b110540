import type { RtcSettings } from '../streams/webrtc/rtc-settings.js';
import type { Secret } from '../streams/secret/secret.js';
import type { AnalysisSettings } from './analysis/messages.js';
import type { Config, ConfigCamera } from './config/schema.js';
import type { LiveConfig } from './config/live-config.js';
import type { LeveledLogger } from './log/logger.js';
import type { KnownSecrets } from './secrets/known-secrets.js';
import type { SetupFacts } from './setup-facts.js';

/** Everything the server is made from; `serve` gathers it. */
export interface ServerOptions {
  readonly config: Config;
  /** Cameras of the command line, beside those of the configuration. */
  readonly cameras: readonly ConfigCamera[];
  /** Whether to show the demo camera where there is no other. */
  readonly demo: boolean;
  readonly analysis: AnalysisSettings;
  readonly analysisProcesses: number;
  readonly rtc: RtcSettings;
  /** Of the first account, where there is none yet. */
  readonly adminPassword: string | undefined;
  /** The key for stored credentials of cameras, where the environment gives one. */
  readonly secretKey: Secret | undefined;
  /** Kept out of everything that is written. */
  readonly secrets: KnownSecrets;
  readonly log: LeveledLogger;
  /** The configuration as it changes; `config` is what it was at the start. */
  readonly live: LiveConfig;
  readonly setup: SetupFacts;
  /** The project's folder, where `dist` is. */
  readonly root: string;
  readonly version: string;
  /** What child processes may be handed of the environment. */
  readonly childEnvironment: Readonly<Record<string, string | undefined>>;
}
