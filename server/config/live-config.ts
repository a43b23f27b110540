import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { configKeys, valueAt } from './config-keys.js';
import { withKnownSecrets } from './config-secrets.js';
import { type ConfigPatch, editConfigFile } from './edit-config-file.js';
import { type ConfigReading, type ConfigSources, readConfig, readConfigText } from './load-config.js';
import type { Config } from './schema.js';
import { UnwritableConfigError } from './unwritable-config-error.js';
import { writeConfigFile } from './write-config-file.js';

/** Where a value comes from. */
export type ConfigOrigin = 'default' | 'file' | 'environment' | 'flag';

/** A change that was taken up. */
export interface ConfigChange {
  readonly config: Config;
  readonly before: Config;
  /** Dotted keys whose value changed and is in force now. */
  readonly applied: readonly string[];
  /** Dotted keys whose value changed and waits for a restart. */
  readonly waiting: readonly string[];
}

/** What a live configuration needs beside its sources. */
export interface LiveConfigOptions {
  readonly sources: ConfigSources;
  /** Dotted keys that flags of the command line set, with their values; they win. */
  readonly flags: ReadonlyMap<string, unknown>;
  /** A file that cannot be used; what was in force stays. */
  readonly onInvalid: (error: ConfigError) => void;
  /** Epoch milliseconds; the system's clock where absent. */
  readonly now?: () => number;
}

/** Editors write in several steps; what they leave behind counts. */
const settleMs = 150;

/** The configuration that is in force, and how it changes while the server runs. */
export class LiveConfig {
  readonly #options: LiveConfigOptions;
  readonly #listeners = new Set<(change: ConfigChange) => void>();
  readonly #started: Config;
  #readAt: number;
  #reading: ConfigReading;
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #problems: readonly ConfigProblem[] = [];

  private constructor(options: LiveConfigOptions, reading: ConfigReading) {
    this.#options = options;
    this.#reading = reading;
    this.#started = reading.config;
    this.#readAt = this.#now();
  }

  /** Reads it for the first time. @throws ConfigError */
  static async open(options: LiveConfigOptions): Promise<LiveConfig> {
    return new LiveConfig(options, withFlags(await readConfig(options.sources), options.flags));
  }

  get current(): Config {
    return this.#reading.config;
  }

  get file(): string {
    return this.#options.sources.file;
  }

  /** Epoch milliseconds at which what is in force was last read, whether it had changed or not. */
  get readAt(): number {
    return this.#readAt;
  }

  /** What is wrong with the file as it is now; empty while it is in force. */
  get problems(): readonly ConfigProblem[] {
    return this.#problems;
  }

  /** Keys whose value differs from the one the server started with and waits for a restart. */
  get waiting(): string[] {
    return changedKeys(this.#started, this.current)
      .filter(({ live }) => !live)
      .map(({ key }) => key);
  }

  /** Where the value of a dotted key comes from. */
  originOf(key: string): ConfigOrigin {
    if (this.#options.flags.has(key)) return 'flag';
    return this.#reading.origins.get(key) ?? 'default';
  }

  /** Told of every change after it was taken up. Returns the function that ends it. */
  onChange(listener: (change: ConfigChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Follows the file from now on. */
  watch(): void {
    const name = basename(this.file);
    this.#watcher ??= watch(dirname(this.file), (_event, changed) => {
      if (changed !== null && changed !== name) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.reload(), settleMs);
    });
    // A folder that goes away takes its file with it; what is in force stays.
    this.#watcher.on('error', () => undefined);
  }

  /** Reads the file again; resolves with false, after `onInvalid`, where it cannot be used. Never rejects. */
  reload(): Promise<boolean> {
    return this.#inTurn(async () => {
      try {
        this.#take(await readConfig(this.#options.sources));
        return true;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        this.#problems = error.problems;
        this.#options.onInvalid(error);
        return false;
      }
    });
  }

  /**
   * Changes the file, keeping its comments, and takes the change up. `***` keeps the secret that is there.
   *
   * @throws ConfigError when the result could not be used, or a key is set by the environment or a flag; the file is as before
   * @throws UnwritableConfigError
   */
  patch(change: ConfigPatch): Promise<void> {
    return this.#inTurn(async () => {
      const { sources } = this.#options;
      const text = await readConfigText(sources);
      const known = withKnownSecrets(change, this.current) as ConfigPatch;
      this.#refuseOverruled(known);
      const edited = editConfigFile(text, known);
      const reading = await readConfig(sources, edited);
      await writeConfigFile(this.file, edited).catch((error: unknown) => {
        throw new UnwritableConfigError(this.file, error);
      });
      this.#take(reading);
    });
  }

  /** Stops following. Idempotent. */
  async close(): Promise<void> {
    this.#watcher?.close();
    clearTimeout(this.#timer);
    this.#listeners.clear();
    await this.#turn;
  }

  #take(read: ConfigReading): void {
    const before = this.current;
    this.#reading = withFlags(read, this.#options.flags);
    this.#problems = [];
    this.#readAt = this.#now();
    const changed = changedKeys(before, this.current);
    if (changed.length === 0) return;
    const keys = (live: boolean): string[] =>
      changed.filter((key) => key.live === live).map(({ key }) => key);
    const change = { config: this.current, before, applied: keys(true), waiting: keys(false) };
    for (const listener of this.#listeners) listener(change);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }

  #refuseOverruled(change: ConfigPatch): void {
    const overruled = configKeys().filter(
      ({ key, path }) =>
        valueAt(change, path) !== undefined && ['environment', 'flag'].includes(this.originOf(key)),
    );
    if (overruled.length === 0) return;
    throw new ConfigError(
      overruled.map(({ key }) => ({
        where: this.originOf(key),
        key,
        rule: 'is set there, which wins over the file; change it there',
      })),
    );
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function changedKeys(before: Config, after: Config): ReturnType<typeof configKeys> {
  return configKeys().filter(
    ({ path }) => JSON.stringify(valueAt(before, path)) !== JSON.stringify(valueAt(after, path)),
  );
}

function withFlags(reading: ConfigReading, flags: ReadonlyMap<string, unknown>): ConfigReading {
  const config = structuredClone(reading.config);
  for (const [key, value] of flags) {
    const path = key.split('.');
    const last = path.pop() ?? '';
    const section = valueAt(config, path);
    if (typeof section === 'object' && section !== null) Object.assign(section, { [last]: value });
  }
  return { ...reading, config };
}
