import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { cameraProblems } from './camera-problems.js';
import { ConfigError, type ConfigProblem } from './config-error.js';
import { configKeys, valueAt } from './config-keys.js';
import type { Environment } from './environment.js';
import { mergeEnvironment, type RawConfig } from './merge-environment.js';
import { nearest } from './nearest.js';
import { parseConfigFile, type ParsedConfigFile } from './parse-config-file.js';
import { type Config, configSchema, shapeOf } from './schema.js';

/** Where the configuration comes from. */
export interface ConfigSources {
  /** Path of the YAML file; must exist when `required`. */
  readonly file: string;
  readonly required: boolean;
  readonly environment: Environment;
}

/**
 * Builds the configuration: defaults < file < environment.
 *
 * @throws ConfigError listing every mistake with its line, key and rule
 */
export async function loadConfig(sources: ConfigSources): Promise<Config> {
  return (await readConfig(sources)).config;
}

/** A configuration and where its values come from. */
export interface ConfigReading {
  readonly config: Config;
  /** Dotted keys that are not at their default. */
  readonly origins: ReadonlyMap<string, 'file' | 'environment'>;
}

/**
 * Builds the configuration and tells where each value comes from.
 *
 * @param text of the file, where it is at hand already
 * @throws ConfigError listing every mistake with its line, key and rule
 */
export async function readConfig(sources: ConfigSources, text?: string): Promise<ConfigReading> {
  const { file, environment } = sources;
  const parsed = parseConfigFile(text ?? (await readConfigText(sources)), file);
  const variables = new Map<string, string>();
  const config = checkConfig(
    mergeEnvironment(parsed.raw, environment.settings, variables),
    parsed,
    variables,
  );
  const origins = new Map<string, 'file' | 'environment'>();
  for (const { key, path } of configKeys()) {
    if (valueAt(parsed.raw, path) !== undefined) origins.set(key, 'file');
  }
  for (const key of variables.keys()) {
    const top = configKeys().find((one) => key === one.key || key.startsWith(`${one.key}.`));
    if (top !== undefined) origins.set(top.key, 'environment');
  }
  return { config, origins };
}

/** The text of the file; empty where there is none and none is required. @throws ConfigError */
export async function readConfigText({
  file,
  required,
}: Pick<ConfigSources, 'file' | 'required'>): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    if (code === 'ENOENT' && !required) return '';
    throw new ConfigError([{ where: file, key: 'file', rule: `cannot be read (${code})` }]);
  }
}

function checkConfig(raw: RawConfig, parsed: ParsedConfigFile, sources: ReadonlyMap<string, string>): Config {
  const result = configSchema.safeParse(raw);
  if (!result.success)
    throw new ConfigError(result.error.issues.flatMap((issue) => explain(issue, parsed, sources)));
  const ids = result.data.cameras.map(({ id }) => id);
  const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
  const problems = [
    ...(twice < 0 ? [] : [{ path: ['cameras', twice, 'id'], rule: 'is used by another camera' }]),
    ...cameraProblems(result.data),
  ];
  if (problems.length > 0) {
    throw new ConfigError(
      problems.map(({ path, rule }) => {
        const key = path.join('.');
        return { where: sources.get(key) ?? parsed.locate(path), key, rule };
      }),
    );
  }
  return result.data;
}

function explain(
  issue: z.core.$ZodIssue,
  parsed: ParsedConfigFile,
  sources: ReadonlyMap<string, string>,
): ConfigProblem[] {
  const where = (path: readonly PropertyKey[]) => sources.get(path.join('.')) ?? parsed.locate(path);
  if (issue.code !== 'unrecognized_keys') {
    return [{ where: where(issue.path), key: issue.path.join('.'), rule: issue.message }];
  }
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    const guess = nearest(key, Object.keys(shapeOf(issue.path) ?? {}));
    return {
      where: where(path),
      key: path.join('.'),
      rule: guess === undefined ? 'is not a known key' : `is not a known key; did you mean "${guess}"?`,
    };
  });
}
