/** `GET /api/config` and the answer to a change. */
export interface ConfigView {
  /** Path of the file that changes are written to. */
  readonly file: string;
  readonly settings: readonly SettingView[];
  /** Keys that were changed and wait for a restart. */
  readonly waiting: readonly string[];
  /** Why the file as it is now is not in force; empty when it is. */
  readonly problems: readonly {
    readonly where: string;
    readonly key: string;
    readonly rule: string;
  }[];
}

/** One value of the configuration. */
export interface SettingView {
  /** Dotted, for example `server.port`. */
  readonly key: string;
  /** In force, or waiting for a restart; `***` for secrets; absent where there is none. */
  readonly value?: unknown;
  /** The value where nothing is said; absent where there is none. */
  readonly preset?: unknown;
  readonly origin: 'default' | 'file' | 'environment' | 'flag';
  /** Whether a change takes effect without a restart. */
  readonly live: boolean;
  readonly description: string;
}
