/** One mistake in the configuration. */
export interface ConfigProblem {
  /** Where it was said: `config.yaml:12`, `MASKWATCH_SERVER_PORT`, `--port`. */
  readonly where: string;
  /** Dotted key, for example `server.port`. */
  readonly key: string;
  /** The rule that it breaks, and a suggestion where there is one. Never the value: it may be a secret. */
  readonly rule: string;
}

/** The configuration cannot be used; `problems` lists every mistake found. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'bad-config';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(({ where, key, rule }) => `${where}: ${key}: ${rule}`).join('\n'));
  }
}
