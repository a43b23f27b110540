import { z } from 'zod';
import { configSchema, shapeOf } from './schema.js';

/** One value of the configuration that can be set by itself; a list is one value. */
export interface ConfigKey {
  /** Dotted, for example `server.port`. */
  readonly key: string;
  readonly path: readonly string[];
  readonly schema: z.ZodType;
  /** What it is for; empty where the schema does not say. */
  readonly description: string;
  /** The value where nothing is said; undefined where there is none. */
  readonly preset: unknown;
  /** Whether a change takes effect while the server runs. */
  readonly live: boolean;
}

/** Values that are taken up without a restart; every other one needs it. */
const liveKeys: ReadonlySet<string> = new Set([
  'server.allowedHosts',
  'log.level',
  'analysis.fps',
  'cameras',
  'retention.visitDays',
  'retention.minuteDays',
  'retention.hourDays',
  'retention.dayDays',
  'retention.alertDays',
  'site.name',
  'site.purpose',
  'site.contact',
  'evidence.enabled',
  'evidence.everyAlert',
  'evidence.blur',
  'evidence.keepHours',
  'evidence.maxPictures',
  'evidence.maxMegabytes',
  'privacy.countsOnly',
  'privacy.countsOnlyCameras',
]);

/** Every key in the order of the schema. */
export function configKeys(): ConfigKey[] {
  const presets: unknown = configSchema.parse({});
  return keysBelow([], presets);
}

function keysBelow(path: readonly string[], presets: unknown): ConfigKey[] {
  return Object.entries(shapeOf(path) ?? {}).flatMap(([name, schema]): ConfigKey[] => {
    const inner = [...path, name];
    const preset = valueAt(presets, [name]);
    if (shapeOf(inner) !== undefined && preset !== undefined) return keysBelow(inner, preset);
    const key = inner.join('.');
    return [{ key, path: inner, schema, description: describe(schema), preset, live: liveKeys.has(key) }];
  });
}

/** What a value is for, also where its schema is wrapped in a default or may be absent; empty where nobody says. */
export function describe(schema: z.ZodType): string {
  if (schema.description !== undefined) return schema.description;
  const wrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return wrapped ? describe(schema.unwrap() as z.ZodType) : '';
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

/** The JSON Schema (draft 2020-12) of the configuration file, for editors. */
export function configJsonSchema(): Record<string, unknown> {
  return { title: 'Maskwatch configuration', ...z.toJSONSchema(configSchema, { io: 'input' }) };
}
